using System.Collections.Immutable;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>Which work tasks of one recipe must run so that one of its tasks finds what it needs.</summary>
/// <param name="Kept">Those whose result is there, dependencies first.</param>
/// <param name="Run">Those that must run, dependencies first.</param>
/// <param name="Disturbs">Something must run again on which tasks of this build already rely: not while any of them works.</param>
internal sealed record WorkPlan(ImmutableArray<TaskId> Kept, ImmutableArray<TaskId> Run, bool Disturbs)
{
    /// <param name="place">The locked work directory.</param>
    /// <param name="tasks">The work tasks that are wanted, dependencies first and complete.</param>
    public static WorkPlan Make(WorkPlace place, ImmutableArray<TaskId> tasks)
    {
        var run = new HashSet<TaskId>();
        int before;
        do
        {
            before = run.Count;
            foreach (var task in tasks)
            {
                if (!run.Contains(task) && !MustRun(place, task, run)) continue;
                _ = run.Add(task);
                // Nobody knows what an earlier run left behind, except in the directories that a task empties before it starts.
                if (place.WasStarted(task) && NearestCleaning(place, task, tasks) is var cleaning && !place.WillHaveRun(cleaning)) _ = run.Add(cleaning);
            }
        }
        while (run.Count != before);

        return new(
            [.. tasks.Where(t => !run.Contains(t) && !place.IsPlanned(t))],
            [.. tasks.Where(t => run.Contains(t) && !place.IsPlanned(t))],
            run.Any(place.IsPlanned));
    }

    private static bool MustRun(WorkPlace place, TaskId task, HashSet<TaskId> run)
    {
        var before = place.Before(task).ToArray();
        if (before.Any(run.Contains)) return true;
        return !place.IsPlanned(task) && (!place.IsCurrent(task) || before.Any(place.WillHaveRun));
    }

    /// <summary>The task itself or the last one before it that empties directories; the task itself when there is none.</summary>
    private static TaskId NearestCleaning(WorkPlace place, TaskId task, ImmutableArray<TaskId> tasks)
    {
        if (place.Cleans(task)) return task;
        var before = new HashSet<TaskId>();
        var open = new Stack<TaskId>(place.Before(task));
        while (open.TryPop(out var next))
            if (before.Add(next))
                foreach (var earlier in place.Before(next)) open.Push(earlier);
        for (var i = tasks.Length - 1; i >= 0; i--)
            if (before.Contains(tasks[i]) && place.Cleans(tasks[i])) return tasks[i];
        return task;
    }
}
