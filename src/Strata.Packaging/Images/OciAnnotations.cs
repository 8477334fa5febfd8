using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>Keys of annotations.</summary>
internal static class OciAnnotations
{
    public const string Created = "org.opencontainers.image.created";

    public const string ReferenceName = "org.opencontainers.image.ref.name";

    /// <summary>What an image layer was made from.</summary>
    public const string LayerName = "dev.strata.layer";

    public static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Of(string key, string value) => None.Add(key, value);
}
