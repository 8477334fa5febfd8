using Strata.Core;

namespace Strata.Cli.HostTools;

/// <summary>
/// BUILD_ENVIRONMENT: a root file system, pinned by content, that stands in for the packages of the build machine, so that machines with other
/// packages have the same keys and make the same bytes. An archive (<c>ADDRESS;sha256sum=HEX</c>) or an image (<c>oci:IMAGE@sha256:HEX</c>).
/// </summary>
/// <param name="Address">Of the archive, or what an image is called.</param>
internal sealed record BuildEnvironment(string Address, Digest Digest, bool IsImage)
{
    private const string ArchivePin = ";sha256sum=";
    private const string ImagePrefix = "oci:";
    private const string ImagePin = "@sha256:";

    /// <summary>What a recipe that imports packages has in HOST_PACKAGE_VERSIONS instead of versions.</summary>
    private const string Marker = "environment=";

    /// <summary>Null when it is pinned in neither form.</summary>
    public static BuildEnvironment? Parse(string text)
    {
        var isImage = text.StartsWith(ImagePrefix, StringComparison.Ordinal);
        var pin = isImage ? ImagePin : ArchivePin;
        var at = text.LastIndexOf(pin, StringComparison.Ordinal);
        if (at < 0 || !Digest.TryParse($"sha256:{text[(at + pin.Length)..]}", out var digest)) return null;
        return new(text[(isImage ? ImagePrefix.Length : 0)..at], digest, isImage);
    }

    /// <summary>The identity in the key, and what must be in it: where it lies is no part.</summary>
    public string AsVersions(IEnumerable<string> packages) => string.Join(' ', packages.Prepend(Marker + Digest));

    public static bool IsIn(IReadOnlyList<string> versions) => versions is [var first, ..] && first.StartsWith(Marker, StringComparison.Ordinal);
}
