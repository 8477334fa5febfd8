using System.Collections.Immutable;
using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <summary>The words of OVERRIDES in force, and which variant they select.</summary>
internal sealed class OverrideSet
{
    private readonly Dictionary<string, int> _firstPlace = new(StringComparer.Ordinal);

    public OverrideSet(string? text)
    {
        Words = [.. (text ?? "").Split(':')];
        for (var i = 0; i < Words.Length; i++) _ = _firstPlace.TryAdd(Words[i], i);
    }

    /// <summary>Lowest priority first, duplicates and empty words included.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>No condition, or every word of it in force, in any order.</summary>
    public bool Allows(OverrideKey? condition)
    {
        if (condition is null) return true;
        foreach (var part in condition.Parts)
            if (!_firstPlace.ContainsKey(part)) return false;
        return true;
    }

    /// <summary>
    /// The variant that BitBake selects: suffixes are peeled, lowest priority first, until nothing changes; the last to peel clean wins.
    /// Among single words that is the one whose first place in OVERRIDES is the last.
    /// </summary>
    public Name? Winner(Variant[] variants)
    {
        Name? winner = null;
        var place = -1;
        foreach (var (name, key) in variants)
        {
            if (!Allows(key)) continue;
            if (key.Parts.Length > 1) return WinnerAmongChains(variants);
            if (_firstPlace[key.Text] < place) continue;
            place = _firstPlace[key.Text];
            winner = name;
        }
        return winner;
    }

    /// <summary>Not a ranking: with OVERRIDES "a:b:c", V:a:b beats V:c but V:b:a does not. Recorded answers in tests/corpus/parse keep it honest.</summary>
    private Name? WinnerAmongChains(Variant[] variants)
    {
        // The order matters when two suffixes shrink to the same one.
        var active = new OrderedDictionary<string, Name>(StringComparer.Ordinal);
        foreach (var (name, key) in variants)
            if (Allows(key)) active[key.Text] = name;

        Name? winner = null;
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var word in Words)
            {
                var suffix = ":" + word;
                foreach (var key in active.Keys.ToArray())
                {
                    var name = active[key];
                    if (key.EndsWith(suffix, StringComparison.Ordinal))
                    {
                        _ = active.Remove(key);
                        active[key.Replace(suffix, "", StringComparison.Ordinal)] = name;   // every occurrence: BitBake's textual deletion
                        changed = true;
                    }
                    else if (key == word)
                    {
                        winner = name;
                        _ = active.Remove(key);
                    }
                }
            }
        }
        return winner;
    }
}
