using System.Collections.Immutable;
using Strata.Metadata.Names;
using Strata.Metadata.Syntax;

namespace Strata.Metadata;

/// <content>History: statements are remembered while files are read; the texts before and after are worked out when somebody asks.</content>
public sealed partial class Datastore
{
    /// <summary>Everything that was done to the variable, its flags and its variants, in order.</summary>
    public ImmutableArray<Assignment> History(string name)
    {
        lock (_gate)
        {
            if (Find(Name.Of(name)) is not { } variable) return [];
            var entries = Replay(variable.History, variant: "");
            foreach (var variant in variable.Variants.Items) entries = entries.Concat(Replay(Find(variant.Name)?.History, variant.Key.Text));
            return [.. entries.OrderBy(e => e.Order).Select(e => e.Assignment)];
        }
    }

    private IEnumerable<(int Order, Assignment Assignment)> Replay(HistoryEntry? last, string variant)
    {
        List<HistoryEntry> entries = [];
        for (var entry = last; entry is not null; entry = entry.Earlier) entries.Insert(0, entry);

        var suffix = variant.Length == 0 ? "" : ":" + variant;
        string? value = null;
        Dictionary<string, string?> flags = new(StringComparer.Ordinal);
        foreach (var (_, statement, result, order) in entries)
        {
            if (statement is AssignmentStatement { Flag: { } flag } flagged)
            {
                var before = flags.GetValueOrDefault(flag);
                flags[flag] = result ?? NewValue(flagged, before);
                yield return (order, new(statement.Place, suffix + flagged.OperatorText, flag, before, flags[flag], flagged.Value) { Variant = variant });
                continue;
            }
            var (op, text, after) = Describe(statement, value, result);
            var edit = EditOf(statement);
            yield return (order, new(statement.Place, suffix + op, null, value, after, text)
            {
                Variant = variant, Condition = edit?.EditCondition?.Text ?? "", IsEdit = edit is not null,
            });
            value = after;
        }
    }

    private (string Operator, string Text, string? After) Describe(Statement statement, string? before, string? result) => statement switch
    {
        AssignmentStatement { Operator: AssignmentOperator.SetDefault } s => (s.OperatorText, s.Value, before),
        AssignmentStatement { Name.Edit: not EditKind.None } s => (EditText(s.Name), s.Value, before),
        AssignmentStatement s => (s.OperatorText, s.Value, result ?? NewValue(s, before)),
        FunctionStatement { Name.Edit: not EditKind.None } s => (EditText(s.Name!), s.Body, before),
        FunctionStatement s => ("function", s.Body, s.Body),
        PythonDefinition s => ("function", s.Text, s.Text),
        UnsetStatement { Flag: { } flag } => ("unset", flag, before),
        UnsetStatement => ("unset", "", null),
        ExportStatement => ("export", "", before),
        ExportFunctionsStatement s => ("EXPORT_FUNCTIONS", string.Join(' ', s.Functions), result),
        AddTaskStatement s => ("addtask", TextOf(s), before),
        DeleteTaskStatement s => ("deltask", s.Tasks.Trim(), before),
        InternalStatement s => (s.Operator, s.Text, result),
        _ => ("", "", before),
    };

    private static string TextOf(AddTaskStatement statement)
    {
        var after = statement.After.Trim() is { Length: > 0 } earlier ? $" after {earlier}" : "";
        var before = statement.Before.Trim() is { Length: > 0 } later ? $" before {later}" : "";
        return $"{statement.Tasks.Trim()}{after}{before}";
    }

    private static string EditText(Name name) => name.Text[name.EditBase!.Text.Length..];

    /// <summary>The name of an <c>:append</c>, <c>:prepend</c> or <c>:remove</c>; null for other statements.</summary>
    private static Name? EditOf(Statement statement) => statement switch
    {
        AssignmentStatement { Operator: not AssignmentOperator.SetDefault, Name: { Edit: not EditKind.None } name } => name,
        FunctionStatement { Name: { Edit: not EditKind.None } name } => name,
        _ => null,
    };
}
