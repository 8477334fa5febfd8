using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

internal sealed record OciConfig
{
    public string? Created { get; init; }

    public string? Author { get; init; }

    public required string Architecture { get; init; }

    public string? Variant { get; init; }

    [JsonPropertyName("os")]
    public required string OperatingSystem { get; init; }

    public required OciRunConfig Config { get; init; }

    [JsonPropertyName("rootfs")]
    public required OciRootfs Rootfs { get; init; }

    public ImmutableArray<OciHistory> History { get; init; }
}
