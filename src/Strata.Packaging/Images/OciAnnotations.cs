using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>Keys of annotations.</summary>
internal static class OciAnnotations
{
    public const string Created = "org.opencontainers.image.created";

    public const string ReferenceName = "org.opencontainers.image.ref.name";

    public const string BaseName = "org.opencontainers.image.base.name";

    public const string BaseDigest = "org.opencontainers.image.base.digest";

    /// <summary>The mark that hides everything that lower layers have in the directory.</summary>
    public const string OpaqueWhiteout = ".wh..wh..opq";

    /// <summary>How the names of marks begin that hide files of lower layers.</summary>
    public const string Whiteout = ".wh.";

    /// <summary>What an image layer was made from.</summary>
    public const string LayerName = "dev.strata.layer";

    public static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Of(string key, string value) => None.Add(key, value);
}
