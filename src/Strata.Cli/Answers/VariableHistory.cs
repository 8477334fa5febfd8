using System.Collections.Immutable;
using Strata.Metadata;

namespace Strata.Cli.Answers;

/// <summary>Works out what became of each assignment of a variable, so that the history explains the value.</summary>
internal sealed class VariableHistory(Question question, Datastore variables, string name)
{
    private readonly ImmutableArray<Assignment> _entries = variables.History(name);
    private readonly ImmutableArray<string> _overrides = variables.Overrides;
    private readonly string? _winner = variables.WinningVariant(name);

    /// <param name="value">The final value of the variable, or of its flag.</param>
    public VariableAnswer Answer(string? flag, string? recipe, string? value) => new(
        name, flag, recipe, value, Unexpanded(variables, name, flag),
        _winner, Why(), [.. _overrides.Where(o => o.Length > 0)],
        [.. Entries().Where(e => flag is null || e.Flag == flag)]);

    public static string? Unexpanded(Datastore variables, string name, string? flag) =>
        flag is null ? variables.GetUnexpanded(name) : variables.GetFlagUnexpanded(name, flag);

    /// <summary>In the order of the files.</summary>
    public IEnumerable<AssignmentAnswer> Entries() => _entries.Select(Answer);

    private AssignmentAnswer Answer(Assignment entry, int index)
    {
        var place = entry.Place.IsNowhere ? "" : question.Shown(entry.Place with { Column = 0 });
        return new(index + 1, place, question.LayerOf(entry.Place.File ?? ""), entry.Operator, entry.Flag, entry.Text, entry.Before, entry.After, Effect(entry, index));
    }

    /// <summary>Asked in the order in which a user would: is it in force at all, was it written over, does a variant hide it?</summary>
    private string Effect(Assignment entry, int index)
    {
        if (entry.Flag is not null) return LaterSetter(entry, index) is { } newer ? $"replaced by {newer + 1}" : "";
        if (Missing(entry.Variant) is { } variant) return $"not in force: {variant} is not in OVERRIDES";
        if (Missing(entry.Condition) is { } condition) return $"not in force: {condition} is not in OVERRIDES";
        if (entry is { IsEdit: false } && LaterSetter(entry, index) is { } later) return $"replaced by {later + 1}";
        if (entry.Variant.Length > 0) return entry.Variant == _winner ? "wins" : Nests(entry.Variant) ? "" : $"loses to :{_winner}";
        if (entry.IsEdit) return "";
        if (entry.Operator == "??=" && HasValue("")) return "not needed: there is a value";
        if (entry.Operator == "?=" && entry.Before is not null) return "not needed: there was a value";
        return _winner is not null && IsAssignment(entry) && HasValue(_winner) ? $"replaced by the variant :{_winner}" : "";
    }

    private string Why()
    {
        if (_winner is null) return "";
        var words = _entries.Select(e => e.Variant).Where(v => v.Length > 0 && Missing(v) is null).Distinct(StringComparer.Ordinal).ToArray();
        var others = words.Length > 1 ? $", it comes last of {string.Join(", ", words)}" : "";
        return $":{_winner} wins, because {_winner.Replace(":", " and ", StringComparison.Ordinal)} {(_winner.Contains(':', StringComparison.Ordinal) ? "are" : "is")} in OVERRIDES{others}";
    }

    /// <summary>The next assignment of the same variant that does not keep what was there; null when there is none.</summary>
    private int? LaterSetter(Assignment entry, int index)
    {
        for (var i = index + 1; i < _entries.Length; i++)
        {
            var other = _entries[i];
            if (other.Variant == entry.Variant && other.Flag == entry.Flag && !other.IsEdit && PlainOperator(other) is "=" or ":=" or "set" or "function" or "unset") return i;
        }
        return null;
    }

    private bool HasValue(string variant) => _entries.Any(e => e.Variant == variant && e.Flag is null && !e.IsEdit && e.After is not null && PlainOperator(e) != "??=");

    private static bool IsAssignment(Assignment entry) => PlainOperator(entry) is "=" or "?=" or "??=" or ":=" or "+=" or "=+" or ".=" or "=." or "set" or "function";

    /// <summary>Without the overrides that come before it.</summary>
    private static string PlainOperator(Assignment entry) => entry.Variant.Length == 0 ? entry.Operator : entry.Operator[(entry.Variant.Length + 1)..];

    /// <summary>A variant of the variant that wins takes part in its value.</summary>
    private bool Nests(string variant) => _winner is null || variant.StartsWith(_winner + ":", StringComparison.Ordinal);

    private string? Missing(string condition) => condition.Length == 0 ? null : condition.Split(':').FirstOrDefault(word => !_overrides.Contains(word));
}
