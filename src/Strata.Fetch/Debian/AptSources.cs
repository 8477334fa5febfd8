using System.Text;

namespace Strata.Fetch;

/// <summary>Turns a host's list of package sources into one of the same archives' source indexes. Pure text.</summary>
internal static class AptSources
{
    /// <summary>The one-line format of <c>sources.list</c>.</summary>
    public static string FromOneLine(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            var words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["deb" or "deb-src", var rest] && !rest.StartsWith("cdrom:", StringComparison.Ordinal)) lines.Add("deb-src " + rest);
        }
        return string.Concat(lines.Distinct().Select(l => l + "\n"));
    }

    /// <summary>The deb822 format of <c>*.sources</c>: stanzas of fields, <c>Types</c> among them.</summary>
    public static string FromDeb822(string text)
    {
        var stanzas = new List<string>();
        var stanza = new StringBuilder();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (line.Trim().Length > 0)
            {
                if (!line.StartsWith('#')) stanza.Append(WithSourceType(line)).Append('\n');
                continue;
            }
            if (stanza.Length > 0) stanzas.Add(stanza.ToString());
            stanza.Clear();
        }
        return string.Join('\n', stanzas.Distinct());
    }

    private static string WithSourceType(string line) =>
        line.StartsWith("Types:", StringComparison.OrdinalIgnoreCase) ? "Types: deb-src" : line;
}
