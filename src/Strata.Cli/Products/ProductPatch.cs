using Strata.Core;

namespace Strata.Cli.Products;

/// <param name="Repository">Key of the repository that has the patch.</param>
/// <param name="Path">A patch, or a directory with a quilt series; relative to that repository.</param>
public sealed record ProductPatch(string Name, string Repository, string Path, SourceSpan Place);
