using System.Text.RegularExpressions;

namespace Strata.Cli.Recipes;

/// <summary>What the address of an archive, or a tag, says of name and version.</summary>
/// <param name="Name">As a recipe may be called; empty when only a version is there.</param>
/// <param name="Version">With dots, without what upstream puts around it.</param>
/// <param name="Written">The version as upstream writes it: <c>2_5_0</c> for 2.5.0.</param>
internal sealed partial record UpstreamName(string Name, string Version, string Written)
{
    /// <summary>Null when there is no version in it.</summary>
    public static UpstreamName? OfAddress(string address)
    {
        var parts = address.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = OfTag(WithoutExtension(parts[^1]));
        if (found is null) return null;

        // Forges serve OWNER/NAME/archive/refs/tags/v1.0.tar.gz: the file is named after the tag.
        var archive = Array.FindLastIndex(parts, p => p is "archive" or "-");
        if (archive > 0 && (found.Name.Length == 0 || parts.Contains("tags"))) found = found with { Name = NameFrom(parts[archive - 1]) };
        return found;
    }

    public static UpstreamName? OfTag(string tag)
    {
        if (Stem().Match(tag) is not { Success: true } match) return null;
        var written = match.Groups["version"].Value;
        return new(NameFrom(match.Groups["name"].Value), written.Replace('_', '.'), written);
    }

    /// <summary>Lower-case letters, digits, dashes, dots and plus signs.</summary>
    public static string NameFrom(string text) => Odd().Replace(text.ToLowerInvariant(), "-").Trim('-', '.');

    public static string WithoutExtension(string file) => Extension().Replace(file, "");

    [GeneratedRegex(@"(\.orig)?\.(tar(\.\w+)?|t[gbx]z|zip|crate|gem)$")]
    private static partial Regex Extension();

    [GeneratedRegex(@"\A(?:(?<name>[A-Za-z].*?)[-_.])??(?:[vVrR]|(?:release|version|rel)[-_])?_?(?<version>[0-9]+(?:[._][0-9]+)*(?:[-.~]?(?:rc|alpha|beta|pre)[-.]?[0-9]*)?[a-z]?[0-9]?)(?:[-.](?:stable|final|release|src|source|[0-9]{8}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Stem();

    [GeneratedRegex("[^a-z0-9.+]+")]
    private static partial Regex Odd();
}
