using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>How an image came to be.</summary>
public sealed record ProvenanceRequest
{
    /// <summary>What was made, by name: the image's manifest, its root file system.</summary>
    public required ImmutableArray<(string Name, Digest Digest)> Subjects { get; init; }

    /// <summary>Who vouches for the build: a URI.</summary>
    public required string Builder { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>What its user chose, such as MACHINE; in the order in which it is written.</summary>
    public required ImmutableArray<(string Name, string Value)> Parameters { get; init; }

    public required ImmutableArray<ProvenanceLayer> Layers { get; init; }

    /// <summary>do_populate_lic artifacts of the recipes in the image.</summary>
    public required ImmutableArray<string> LicenseArtifacts { get; init; }
}
