using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Strata.Compliance;

/// <summary>One word of LIC_FILES_CHKSUM.</summary>
/// <param name="Path">Below the source directory, or absolute.</param>
/// <param name="BeginLine">Counts from 1; 0 means from the start. Likewise the end.</param>
public sealed record LicenseFileEntry(string Path, string? Sha256, string? Md5, int BeginLine, int EndLine)
{
    private const string Scheme = "file://";

    public bool IsWholeFile => BeginLine == 0 && EndLine == 0;

    public static bool TryParse(string text, [NotNullWhen(true)] out LicenseFileEntry? entry)
    {
        entry = null;
        var parts = text.Split(';');
        if (!parts[0].StartsWith(Scheme, StringComparison.Ordinal) || parts[0].Length == Scheme.Length) return false;
        var parsed = new LicenseFileEntry(parts[0][Scheme.Length..], null, null, 0, 0);
        foreach (var part in parts.Skip(1).Where(p => p.Length > 0))
        {
            if (part.Split('=', 2) is not [var key, var value]) return false;
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (key)
            {
                case "sha256" when IsHex(value, 64): parsed = parsed with { Sha256 = value.ToLowerInvariant() }; break;
                case "md5" when IsHex(value, 32): parsed = parsed with { Md5 = value.ToLowerInvariant() }; break;
                case "beginline" when isNumber: parsed = parsed with { BeginLine = number }; break;
                case "endline" when isNumber: parsed = parsed with { EndLine = number }; break;
                case "sha256" or "md5" or "beginline" or "endline": return false;
                default: break;
            }
        }
        entry = parsed;
        return true;
    }

    /// <summary>As it is written in a recipe.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Scheme).Append(Path);
        if (BeginLine > 0) text.Append(CultureInfo.InvariantCulture, $";beginline={BeginLine}");
        if (EndLine > 0) text.Append(CultureInfo.InvariantCulture, $";endline={EndLine}");
        if (Sha256 is not null) text.Append(";sha256=").Append(Sha256);
        if (Md5 is not null) text.Append(";md5=").Append(Md5);
        return text.ToString();
    }

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigit);
}
