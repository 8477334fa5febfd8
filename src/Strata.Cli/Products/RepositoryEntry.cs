using System.Collections.Immutable;
using Strata.Cli.Layers;

namespace Strata.Cli.Products;

/// <param name="Pin">Commit, branch or tag as the product says it; empty for a repository that is simply there.</param>
/// <param name="Patches">As <c>repository:path</c>.</param>
/// <param name="Git">What is there now; null when it is not checked out.</param>
public sealed record RepositoryEntry(string Name, string Path, string? Url, string Pin, ImmutableArray<string> Patches, GitState? Git);
