namespace Strata.Core;

/// <summary>“Did you mean …?”: the known name nearest to a mistyped one.</summary>
public static class Suggest
{
    /// <summary>The nearest name by edit distance, or null when none is within a third of the length (at least two edits).</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var limit = Math.Max(2, name.Length / 3);
        return known.Where(k => Math.Abs(k.Length - name.Length) <= limit)
                    .Select(k => (Name: k, Distance: Distance(name, k)))
                    .Where(c => c.Distance <= limit)
                    .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
                    .Select(c => c.Name).FirstOrDefault();
    }

    /// <summary>Levenshtein distance, two rows at a time.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }
            (previous, current) = (current, previous);
        }
        return previous[b.Length];
    }
}
