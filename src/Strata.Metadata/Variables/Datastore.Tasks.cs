using System.Collections.Immutable;
using Strata.Metadata.Names;
using Strata.Metadata.Syntax;

namespace Strata.Metadata;

/// <content>Tasks: kept beside the variable of the same name, and lost with it.</content>
public sealed partial class Datastore
{
    internal void AddTasks(AddTaskStatement statement)
    {
        foreach (var word in Words.Of(statement.Tasks)) AddTask(TaskName(word), TaskNamesOf(statement.After), TaskNamesOf(statement.Before), statement);
    }

    internal void DeleteTask(string word, DeleteTaskStatement statement)
    {
        var task = TaskName(word);
        if (TaskNames.Contains(task))
        {
            TaskNames = TaskNames.Remove(task);
            RemoveFlag(task, "task", statement);
        }
        if (Find(task)?.After is not null) Own(task).After = null;
        foreach (var other in TaskNames)
            if (Find(other)?.After?.Contains(task.Text) is true) Own(other).After = [.. Own(other).After!.Where(t => t != task.Text)];
    }

    private static readonly string[] s_schedulingFlags =
        ["depends", "rdepends", "mcdepends", "deptask", "rdeptask", "recrdeptask", "recideptask", "nostamp", "noexec", "fakeroot", "umask"];

    /// <summary>The declared tasks with expanded names; a task whose own name was expanded has lost its edges.</summary>
    internal ImmutableArray<RecipeTask> FinishTasks()
    {
        var tasks = ImmutableArray.CreateBuilder<RecipeTask>();
        foreach (var declared in TaskNames)
        {
            var name = Name.Of(Expand(declared.Text, declared));
            SetFlag(name, "task", "1", statement: null);
            if (tasks.Any(t => t.Name == name.Text)) continue;
            CheckSchedulingFlags(name);
            tasks.Add(new(name.Text, [.. (Find(name)?.After ?? []).Select(t => Expand(t, name))]));
        }
        return tasks.DrainToImmutable();
    }

    /// <summary>What decides about the order of tasks must be readable when the recipe is finished, not only when somebody builds it.</summary>
    private void CheckSchedulingFlags(Name task)
    {
        foreach (var flag in s_schedulingFlags)
        {
            try
            {
                _ = ReadFlag(task, flag, expand: true);
            }
            catch (ExpansionException e) when (e.IsUncertain)
            {
                // An error for whoever needs the task.
            }
        }
    }

    private void AddTask(Name task, string[] after, string[] before, AddTaskStatement statement)
    {
        SetFlag(task, "task", "1", statement);
        if (!TaskNames.Contains(task)) TaskNames = TaskNames.Add(task);
        var variable = Own(task);
        variable.After = [.. variable.After ?? [], .. after.Except(variable.After ?? [])];
        foreach (var successor in before)
        {
            var later = Own(Name.Of(successor));
            if (later.After?.Contains(task.Text) is not true) later.After = [task.Text, .. later.After ?? []];
        }
    }

    private static string[] TaskNamesOf(string words) => [.. Words.Of(words).Select(w => TaskName(w).Text)];

    private static Name TaskName(string word) => Name.Of(word.StartsWith("do_", StringComparison.Ordinal) ? word : "do_" + word);
}
