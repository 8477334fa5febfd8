using System.Collections.Immutable;

namespace Strata.Packaging;

internal sealed record OciManifest(int SchemaVersion, string MediaType, OciDescriptor Config, ImmutableArray<OciDescriptor> Layers)
{
    public ImmutableSortedDictionary<string, string>? Annotations { get; init; }
}
