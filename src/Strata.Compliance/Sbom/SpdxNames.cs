using System.Text;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Names of elements within a document: the same element has the same name in every build.</summary>
internal static class SpdxNames
{
    public const string Document = "SPDXRef-DOCUMENT";
    public const string Image = "SPDXRef-Image";

    public static string Package(string name) => $"SPDXRef-Package-{Clean(name)}";

    public static string Linked(string kind, string name, string version) => $"SPDXRef-Linked-{kind}-{Clean(name)}-{Clean(version)}";

    public static string Recipe(string name) => $"SPDXRef-Recipe-{Clean(name)}";

    public static string Source(string recipe, int index) => $"SPDXRef-Source-{Clean(recipe)}-{index + 1}";

    public static string File(string path) => $"SPDXRef-File-{Digest.Of(path).Hex[..16]}";

    /// <summary>SPDX allows letters, digits, '.' and '-'; anything else becomes its code between dashes, so that no two names meet.</summary>
    private static string Clean(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-') text.Append(c);
            else text.Append('-').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture)).Append('-');
        return text.ToString();
    }
}
