using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>A repository of layers as the product names it.</summary>
/// <param name="Key">Its name in product files.</param>
/// <param name="Path">Where its work tree lies; absolute.</param>
/// <param name="Url">Null for one that is simply there.</param>
public sealed record ProductRepository(string Key, SourceSpan Place, string Path, string? Url)
{
    public string? Commit { get; init; }

    public string? Branch { get; init; }

    public string? Tag { get; init; }

    /// <summary>The older key <c>refspec</c> does not say which of both it is.</summary>
    public bool BranchMayBeTag { get; init; }

    /// <summary>Of the commit, branch or tag.</summary>
    public SourceSpan PinPlace { get; init; }

    public ImmutableArray<ProductLayer> Layers { get; init; } = [];

    public ImmutableArray<ProductPatch> Patches { get; init; } = [];

    /// <summary>Whose signature the commit or tag needs; empty for a repository that needs none.</summary>
    public ImmutableArray<ProductSigner> AllowedSigners { get; init; } = [];

    /// <summary>What is checked out, as the user wrote it.</summary>
    public string Asked => Commit ?? (Branch is not null ? $"branch {Branch}" : Tag is not null ? $"tag {Tag}" : "HEAD");
}
