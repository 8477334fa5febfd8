using System.Collections.Immutable;

namespace Strata.Sandbox.HostPackages;

/// <summary>Reader of dpkg's status file: stanzas of <c>Field: value</c> lines (deb-control(5)).</summary>
internal static class DpkgStatus
{
    private static readonly string[] s_fields = ["Package", "Status", "Version", "Architecture", "Depends", "Pre-Depends", "Provides"];

    public static IEnumerable<HostPackage> Parse(IEnumerable<string> lines)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Append(""))
        {
            if (line.Length == 0)
            {
                if (Package(fields) is { } package) yield return package;
                fields.Clear();
            }
            else if (line[0] != ' ' && line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && s_fields.Contains(line[..colon]))
            {
                fields[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }
    }

    private static HostPackage? Package(Dictionary<string, string> fields)
    {
        if (!fields.TryGetValue("Package", out var name) || !fields.TryGetValue("Status", out var status)) return null;
        if (!status.EndsWith(" installed", StringComparison.Ordinal)) return null;

        var depends = $"{fields.GetValueOrDefault("Pre-Depends")},{fields.GetValueOrDefault("Depends")}";
        return new(name, fields.GetValueOrDefault("Version", ""), fields.GetValueOrDefault("Architecture", ""),
            [.. Entries(depends, ',').Select(d => Entries(d, '|').Select(BareName).ToImmutableArray())],
            [.. Entries(fields.GetValueOrDefault("Provides", ""), ',').Select(BareName)]);
    }

    private static string[] Entries(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary><c>libc6:any (>= 2.34)</c> → <c>libc6</c>.</summary>
    private static string BareName(string entry)
    {
        var end = entry.AsSpan().IndexOfAny(" (:");
        return end < 0 ? entry : entry[..end];
    }
}
