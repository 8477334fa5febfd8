using System.Text.RegularExpressions;

namespace Strata.Cli.Serving;

/// <summary>What a path of the distribution API asks for.</summary>
/// <param name="Reference">Tag or digest; empty for the list of tags.</param>
internal sealed partial record RegistryRoute(ServedName Name, RegistryContent Content, string Reference)
{
    /// <summary>Null when the API has no such path.</summary>
    /// <exception cref="RegistryException">It has, but the name in it is none.</exception>
    public static RegistryRoute? Of(string path)
    {
        if (Form().Match(path) is not { Success: true } match) return null;
        var content = match.Groups["content"].ValueSpan switch
        {
            "manifests" => RegistryContent.Manifest,
            "blobs" => RegistryContent.Blob,
            "referrers" => RegistryContent.Referrers,
            _ => RegistryContent.Tags,
        };
        return new(ServedName.Parse(match.Groups["name"].Value), content, match.Groups["reference"].Value);
    }

    // The last word that fits counts: a package may be called "blobs".
    [GeneratedRegex(@"^/v2/(?<name>.+)/((?<content>manifests|blobs|referrers)/(?<reference>[^/]+)|(?<content>tags)/list)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
