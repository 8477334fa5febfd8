using System.Collections.Immutable;

namespace Strata.Packaging;

public sealed record OciManifest(int SchemaVersion, string MediaType, OciDescriptor Config, ImmutableArray<OciDescriptor> Layers)
{
    /// <summary>What an artifact that is no image is.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The manifest that this one says something about.</summary>
    public OciDescriptor? Subject { get; init; }

    public ImmutableSortedDictionary<string, string>? Annotations { get; init; }
}
