using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Strata.Fetch;

/// <summary>The value of PREMIRRORS or MIRRORS: pairs of a pattern and a replacement, tried in order.</summary>
public sealed record MirrorList(ImmutableArray<MirrorRule> Rules)
{
    public static MirrorList Empty { get; } = new([]);

    /// <summary>False with the reason when the words do not come in pairs or a pattern is no regular expression.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MirrorList? list, [NotNullWhen(false)] out string? problem)
    {
        (list, problem) = (null, null);

        // Older configurations separate pairs by a literal backslash-n.
        var words = text.Replace("\\n", " ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length % 2 != 0)
        {
            problem = $"expected pairs of a pattern and a replacement, but there are {words.Length} words; the last is '{words[^1]}'";
            return false;
        }

        var rules = ImmutableArray.CreateBuilder<MirrorRule>();
        for (var i = 0; i < words.Length; i += 2)
        {
            if (!MirrorRule.TryCreate(words[i], words[i + 1], out var rule, out problem)) return false;
            rules.Add(rule);
        }
        list = new(rules.ToImmutable());
        return true;
    }

    /// <summary>
    /// Where else the source may be, in the order of the rules; a place that a rule gives may have mirrors by the other rules.
    /// Each place comes once.
    /// </summary>
    public IEnumerable<SourceUri> PlacesFor(SourceUri uri) => Follow(uri, Rules).Where(p => p.Address != uri.Address).DistinctBy(p => p.Address);

    private static IEnumerable<SourceUri> Follow(SourceUri uri, ImmutableArray<MirrorRule> rules)
    {
        foreach (var rule in rules)
            if (rule.Apply(uri) is { } place && place.Address != uri.Address)
            {
                yield return place;
                foreach (var further in Follow(place, rules.Remove(rule))) yield return further;
            }
    }
}
