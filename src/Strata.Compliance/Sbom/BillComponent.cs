using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Code that is in the image because it was linked into files of packages.</summary>
public sealed record BillComponent
{
    /// <summary>Its name within a document.</summary>
    public required string Id { get; init; }

    public required LinkKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty when nothing says it.</summary>
    public required string Version { get; init; }

    /// <summary>An SPDX expression, or <see cref="BillOfMaterials.NoAssertion"/>.</summary>
    public required string License { get; init; }

    public required string Purl { get; init; }

    /// <summary>The recipe of this build that made it; null for what came with the compiler or a module.</summary>
    public string? Recipe { get; init; }

    /// <summary>Packages and paths of the files that have it.</summary>
    public required ImmutableArray<(string Package, string File)> In { get; init; }
}
