using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>An image and the licence artifacts of its recipes.</summary>
public sealed record LicenseManifestRequest
{
    public required RootfsManifest Rootfs { get; init; }

    /// <summary>Directories with licenses.json and texts/.</summary>
    public required ImmutableArray<string> LicenseArtifacts { get; init; }

    public required string OutputDirectory { get; init; }

    /// <summary>The image recipe's file, for messages.</summary>
    public SourceSpan Place { get; init; }
}
