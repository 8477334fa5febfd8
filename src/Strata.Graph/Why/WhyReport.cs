using System.Collections.Immutable;
using System.Text;

namespace Strata.Graph.Why;

/// <summary>Why a task's key changed: what changed in the task itself, and in the tasks below it that caused it.</summary>
/// <param name="Task">The task that was asked about.</param>
/// <param name="State">Whether there was anything to compare.</param>
/// <param name="Causes">Root causes only: the tasks whose own fields changed, nearest first. Empty if nothing changed.</param>
public sealed record WhyReport(string Task, WhyState State, ImmutableArray<WhyCause> Causes)
{
    /// <summary>For people, on one line: the nearest cause.</summary>
    public string Summary
    {
        get
        {
            if (State == WhyState.NeverBuilt) return "it was not built here before";
            if (State == WhyState.Unchanged) return "it has not changed, but what it made is gone";
            if (Causes.IsEmpty) return "tasks changed of which nothing is remembered";
            var cause = Causes[0];
            var fields = string.Join(", ", cause.Changes.Select(c => c.Name).Take(3));
            var what = cause.Changes is [var only] && !only.ToString().Contains('\n') ? only.ToString() : cause.Changes.Length > 3 ? $"{fields} and {cause.Changes.Length - 3} more" : fields;
            return cause.Task == Task ? $"changed: {what}" : $"{cause.Task} changed: {what}";
        }
    }

    /// <summary>For people: one paragraph per cause.</summary>
    public override string ToString()
    {
        if (State == WhyState.NeverBuilt) return $"{Task} has not been built here before";
        if (State == WhyState.Unchanged) return $"{Task} is as it was in the last build";
        if (Causes.IsEmpty) return $"{Task} changed because of tasks of which nothing is remembered";
        var text = new StringBuilder();
        foreach (var cause in Causes)
        {
            _ = text.Append(cause.Task).Append(" changed:\n");
            foreach (var change in cause.Changes) _ = text.Append("  ").Append(change.ToString().Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n');
            if (cause.Path.Length > 1) _ = text.Append("  reached through ").AppendJoin(" → ", cause.Path).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }
}
