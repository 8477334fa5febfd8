using System.Collections.Immutable;

namespace Strata.Packaging;

public sealed record OciDescriptor(string MediaType, string Digest, long Size)
{
    public ImmutableSortedDictionary<string, string>? Annotations { get; init; }

    public string? ArtifactType { get; init; }

    public OciPlatform? Platform { get; init; }
}
