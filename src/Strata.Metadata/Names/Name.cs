using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace Strata.Metadata.Names;

/// <summary>
/// A variable name, interned: equal texts are the same object. What the text means (suffixes, edit operators, references) is
/// worked out once, when the name is first seen.
/// </summary>
internal sealed class Name
{
    private static readonly ConcurrentDictionary<string, Name> s_all = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Name>.AlternateLookup<ReadOnlySpan<char>> s_bySpan = s_all.GetAlternateLookup<ReadOnlySpan<char>>();
    private static int s_count;

    private readonly int _id;

    private Name(string text)
    {
        Text = text;
        _id = Interlocked.Increment(ref s_count) - 1;
        HasReference = text.Contains("${", StringComparison.Ordinal);
        (Edit, EditBase, EditCondition) = SplitEdit(text);
        VariantOf = text.Contains(':') ? FindBases(text) : [];
        HasOldStyleOperator = text.Contains("_append", StringComparison.Ordinal) || text.Contains("_prepend", StringComparison.Ordinal)
            || text.Contains("_remove", StringComparison.Ordinal);
        Affects = [this, .. VariantOf.Select(v => v.Base), .. EditBase is null ? [] : EditBase.Affects];
    }

    /// <summary>How many names there are; every <see cref="Id"/> is below it.</summary>
    public static int Count => Volatile.Read(ref s_count);

    public int Id => _id;

    public string Text { get; }

    /// <summary>Whether key expansion has to look at it.</summary>
    public bool HasReference { get; }

    /// <summary>The edit that an assignment to this name makes; with it, the variable it edits and the condition, if any.</summary>
    public EditKind Edit { get; }

    public Name? EditBase { get; }

    public OverrideKey? EditCondition { get; }

    /// <summary>The variables this name is a variant of, the nearest first: X:a:b is one of X:a, and one of X.</summary>
    public ImmutableArray<VariantPlace> VariantOf { get; }

    /// <summary>Contains <c>_append</c>, <c>_prepend</c> or <c>_remove</c>, the syntax of old.</summary>
    public bool HasOldStyleOperator { get; }

    /// <summary>The variables whose value may change when this one is assigned; itself first.</summary>
    public ImmutableArray<Name> Affects { get; }

    public static Name Of(string text) => s_all.TryGetValue(text, out var known) ? known : s_all.GetOrAdd(text, static t => new(t));

    /// <summary>All names so far; null at an <see cref="Id"/> that another thread is just giving out.</summary>
    public static Name?[] ById()
    {
        var names = new Name?[Count];
        foreach (var name in s_all.Values)
            if (name.Id < names.Length) names[name.Id] = name;
        return names;
    }

    /// <summary>Null if nothing has that name anywhere, so that asking for what does not exist leaves nothing behind.</summary>
    public static Name? Find(string text) => s_all.GetValueOrDefault(text);

    public static Name Of(ReadOnlySpan<char> text) => s_bySpan.TryGetValue(text, out var known) ? known : Of(text.ToString());

    public override int GetHashCode() => _id;

    public override string ToString() => Text;

    /// <summary>BASE(:append|:prepend|:remove)[:CONDITION], the leftmost operator whose condition has no capital letter.</summary>
    private static (EditKind Kind, Name? Base, OverrideKey? Condition) SplitEdit(string text)
    {
        for (var at = text.IndexOf(':'); at >= 0; at = text.IndexOf(':', at + 1))
        {
            var rest = text.AsSpan(at);
            var (kind, length) = rest switch
            {
                _ when rest.StartsWith(":append") => (EditKind.Append, ":append".Length),
                _ when rest.StartsWith(":prepend") => (EditKind.Prepend, ":prepend".Length),
                _ when rest.StartsWith(":remove") => (EditKind.Remove, ":remove".Length),
                _ => (EditKind.None, 0),
            };
            if (kind is EditKind.None || (rest.Length > length && rest[length] != ':')) continue;
            var condition = rest.Length > length ? rest[(length + 1)..] : default;
            if (condition.ContainsAnyInRange('A', 'Z')) continue;
            return (kind, Of(text[..at]), condition.IsEmpty ? null : new OverrideKey(condition.ToString()));
        }
        return (EditKind.None, null, null);
    }

    /// <summary>Suffixes count from the right, as long as the rest of the name up to there starts like an override.</summary>
    private static ImmutableArray<VariantPlace> FindBases(string text)
    {
        var bases = ImmutableArray.CreateBuilder<VariantPlace>();
        for (var colon = text.LastIndexOf(':'); colon > 0; colon = text.LastIndexOf(':', colon - 1))
        {
            var key = text[(colon + 1)..];
            if (key.Length == 0 || !(char.IsAsciiLetterLower(key[0]) || char.IsAsciiDigit(key[0]))) break;
            bases.Add(new(Of(text[..colon]), new OverrideKey(key)));
        }
        return bases.DrainToImmutable();
    }

    /// <summary>Python's <c>islower()</c>: which suffixes BitBake unregisters when a variant is deleted.</summary>
    public static bool IsLower(string key)
    {
        var cased = false;
        foreach (var rune in key.EnumerateRunes())
        {
            if (Rune.IsUpper(rune)) return false;
            cased |= Rune.IsLower(rune);
        }
        return cased;
    }
}
