using System.Collections.Immutable;
using System.Globalization;

namespace Strata.Sandbox.HostPackages;

/// <summary>
/// Reader of one file of update-alternatives' database: status, main link, then pairs of slave name and link up to an empty line,
/// then per candidate its path, its priority and one target for each slave.
/// </summary>
internal static class AlternativesFile
{
    public static IEnumerable<(string Link, ImmutableArray<string> Candidates)> Parse(string[] lines)
    {
        if (lines.Length < 3) return [];
        var links = new List<string> { lines[1] };
        var at = 2;
        for (; at + 1 < lines.Length && lines[at].Length > 0; at += 2) links.Add(lines[at + 1]);
        at++;

        var candidates = new List<(int Priority, string[] Targets)>();
        for (; at + 1 < lines.Length && lines[at].Length > 0; at += links.Count + 1)
        {
            if (!int.TryParse(lines[at + 1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority)) return [];
            candidates.Add((priority, [lines[at], .. lines.Skip(at + 2).Take(links.Count - 1)]));
        }
        var best = candidates.OrderByDescending(c => c.Priority).ThenBy(c => c.Targets[0], StringComparer.Ordinal).ToArray();
        return links.Select((link, i) =>
            (link, best.Select(c => c.Targets.ElementAtOrDefault(i) ?? "").Where(t => t.Length > 0).ToImmutableArray()));
    }
}
