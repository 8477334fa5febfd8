using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>An image and what its recipes say of themselves.</summary>
public sealed record BillRequest
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required BillOrigin Origin { get; init; }

    public required RootfsManifest Rootfs { get; init; }

    /// <summary>Directories with licenses.json and texts/.</summary>
    public required ImmutableArray<string> LicenseArtifacts { get; init; }

    /// <summary>The image recipe's file, for messages.</summary>
    public SourceSpan Place { get; init; }
}
