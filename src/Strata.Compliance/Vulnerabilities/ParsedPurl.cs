using System.Text.RegularExpressions;

namespace Strata.Compliance;

/// <summary>A package URL that was read (purl-spec 1.0), without qualifiers.</summary>
/// <param name="FullName">With its namespace, as the ecosystem writes the two: <c>@scope/name</c>, <c>group:name</c>, <c>vendor/name</c>.</param>
internal sealed partial record ParsedPurl(string Type, string FullName, string Version)
{
    /// <summary>OSV's name of the ecosystem; empty for types that are none.</summary>
    public string Ecosystem => Type switch
    {
        "npm" => "npm",
        "pypi" => "PyPI",
        "cargo" => "crates.io",
        "golang" => "Go",
        "maven" => "Maven",
        "gem" => "RubyGems",
        "nuget" => "NuGet",
        "composer" => "Packagist",
        "hex" => "Hex",
        "pub" => "Pub",
        "deb" => "Debian",
        "apk" => "Alpine",
        "rpm" => "Red Hat",
        _ => "",
    };

    public static bool TryParse(string text, out ParsedPurl purl)
    {
        purl = null!;
        if (Pattern().Match(text) is not { Success: true } match) return false;
        var (type, version) = (match.Groups["type"].Value.ToLowerInvariant(), Uri.UnescapeDataString(match.Groups["version"].Value));
        var parts = match.Groups["path"].Value.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (parts.Length == 0) return false;
        // A distribution's namespace is its name, which its advisories do not repeat.
        purl = new(type, type is "deb" or "apk" or "rpm" or "generic" ? parts[^1] : string.Join(type == "maven" ? ':' : '/', parts), version);
        return true;
    }

    /// <summary>By the shape of the addresses that registries of languages, and their mirrors, use; null for anything else.</summary>
    public static ParsedPurl? OfDownload(string address)
    {
        if (Crate().Match(address) is { Success: true } crate) return new("cargo", crate.Groups["name"].Value, crate.Groups["version"].Value);
        if (Npm().Match(address) is { Success: true } npm) return new("npm", npm.Groups["name"].Value, npm.Groups["version"].Value);
        if (Go().Match(address) is { Success: true } go) return new("golang", Unescaped(go.Groups["name"].Value), Unescaped(go.Groups["version"].Value));
        return null;
    }

    public override string ToString() => $"pkg:{Type}/{string.Join('/', FullName.Split('/').Select(Uri.EscapeDataString))}@{Uri.EscapeDataString(Version)}";

    /// <summary>Go's proxies write <c>!a</c> for <c>A</c>.</summary>
    private static string Unescaped(string text) => Capital().Replace(text, m => m.Value[1..].ToUpperInvariant());

    [GeneratedRegex(@"^pkg:/*(?<type>[A-Za-z0-9.+-]+)/(?<path>[^@?#]+)(?:@(?<version>[^?#]*))?(?:[?#].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"/crates/(?<name>[A-Za-z0-9_-]+)/(?:\k<name>-(?<version>[0-9][^/]*)\.crate|(?<version>[0-9][^/]*)/download)$", RegexOptions.CultureInvariant)]
    private static partial Regex Crate();

    [GeneratedRegex(@"^[a-z]+://[^/]+/(?:.*/)?(?<name>(?:@[^/@]+/)?(?<base>[^/@]+))/-/\k<base>-(?<version>[0-9][^/]*)\.tgz$", RegexOptions.CultureInvariant)]
    private static partial Regex Npm();

    [GeneratedRegex(@"^[a-z]+://[^/]+/(?<name>.+)/@v/(?<version>v[^/]+)\.(?:zip|mod)$", RegexOptions.CultureInvariant)]
    private static partial Regex Go();

    [GeneratedRegex("![a-z]", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();
}
