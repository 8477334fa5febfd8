using System.Text.RegularExpressions;

namespace Strata.Compliance;

/// <summary>Vulnerabilities that a patch mends by its own words: its name, or a line <c>CVE: CVE-2024-1234</c> in its header, as Yocto's layers write them.</summary>
public static partial class PatchFixes
{
    private const string Prefix = "Resolves ";

    /// <summary>In their order, a blank between two; empty when it names none.</summary>
    /// <param name="lines">Of the patch; only those before the first change count.</param>
    public static string Of(string name, IEnumerable<string> lines)
    {
        var header = lines.TakeWhile(l => !l.StartsWith("diff ", StringComparison.Ordinal) && !l.StartsWith("+++ ", StringComparison.Ordinal))
            .Where(l => l.StartsWith("CVE:", StringComparison.OrdinalIgnoreCase));
        return string.Join(' ', header.Prepend(name).SelectMany(text => Name().Matches(text)).Select(m => m.Value.ToUpperInvariant())
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    /// <summary>For SBOM formats that have no member for it.</summary>
    internal static string ToComment(string fixes) => fixes.Length == 0 ? "" : Prefix + fixes;

    internal static string FromComment(string comment) =>
        comment.StartsWith(Prefix, StringComparison.Ordinal) ? string.Join(' ', Name().Matches(comment).Select(m => m.Value)) : "";

    [GeneratedRegex(@"CVE-\d{4}-\d{4,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
