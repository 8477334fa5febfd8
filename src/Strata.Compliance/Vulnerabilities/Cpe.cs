using System.Text;

namespace Strata.Compliance;

/// <summary>Vendor, product and version of a CPE 2.3 formatted string (NIST IR 7695), unquoted.</summary>
internal readonly record struct Cpe(string Vendor, string Product, string Version)
{
    private const int Parts = 6;

    public static bool TryParse(string text, out Cpe cpe)
    {
        cpe = default;
        var parts = Split(text);
        if (parts.Count < Parts || parts[0] != "cpe" || parts[1] != "2.3") return false;
        cpe = new(parts[3], parts[4], parts[5]);
        return true;
    }

    /// <summary>At colons that no backslash quotes.</summary>
    private static List<string> Split(string text)
    {
        var (parts, part) = (new List<string>(), new StringBuilder());
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\\' && i + 1 < text.Length) part.Append(text[++i]);
            else if (text[i] == ':')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else part.Append(text[i]);
        parts.Add(part.ToString());
        return parts;
    }
}
