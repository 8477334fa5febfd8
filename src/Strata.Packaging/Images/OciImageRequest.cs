using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>What an image says about itself besides its files.</summary>
public sealed record OciImageRequest
{
    /// <summary>One of its own, one shared, one for what no package owns.</summary>
    public const int LeastLayerBudget = 3;

    /// <summary>Overlay file systems take no more than 128.</summary>
    public const int MostLayerBudget = 120;

    /// <summary>An uncompressed tar archive; its manifest lies beside it when layers are by package.</summary>
    public required string RootfsTar { get; init; }

    /// <summary>Becomes the image layout; made if missing.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>See <see cref="OciPlatform.Of"/>.</summary>
    public required OciPlatform Platform { get; init; }

    /// <summary>Time of the image, its history and its annotation.</summary>
    public required DateTimeOffset Created { get; init; }

    public LayerStrategy Layers { get; init; }

    /// <summary>The most image layers; at least <see cref="LeastLayerBudget"/>.</summary>
    public int LayerBudget { get; init; } = 40;

    public LayerCompression Compression { get; init; }

    /// <summary>The zstd program that compresses, for <see cref="LayerCompression.Zstd"/>.</summary>
    public string ZstdProgram { get; init; } = "zstd";

    /// <summary>1, the fastest, to 19, the smallest.</summary>
    public int ZstdLevel { get; init; } = 1;

    /// <summary>A directory of this image's own that may keep compressed layers for the next run; null for none.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>An image below this one; null for none.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>The name under which the layout offers the image, for instance <c>latest</c>.</summary>
    public string ReferenceName { get; init; } = "latest";

    public ImmutableArray<string> Entrypoint { get; init; } = [];

    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Each <c>NAME=value</c>.</summary>
    public ImmutableArray<string> Environment { get; init; } = [];

    public string WorkingDirectory { get; init; } = "";

    public string User { get; init; } = "";

    /// <summary>Each <c>80</c>, <c>80/tcp</c> or <c>53/udp</c>.</summary>
    public ImmutableArray<string> ExposedPorts { get; init; } = [];

    public ImmutableArray<string> Volumes { get; init; } = [];

    public string StopSignal { get; init; } = "";

    public string Author { get; init; } = "";

    /// <summary>What the image's history says of its layer.</summary>
    public string CreatedBy { get; init; } = "strata";

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = s_none;

    /// <summary>On the manifest; the time of creation is added.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = s_none;

    private static readonly ImmutableSortedDictionary<string, string> s_none = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
