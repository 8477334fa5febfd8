using System.Collections.Immutable;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>Which work tasks of one recipe must run so that one of its tasks finds what it needs.</summary>
/// <param name="Kept">Those whose result is there, dependencies first.</param>
/// <param name="Run">Those that must run, dependencies first.</param>
/// <param name="Resumed">Those of them that start from their savepoint.</param>
/// <param name="Disturbs">Something must run again on which tasks of this build already rely: not while any of them works.</param>
internal sealed record WorkPlan(ImmutableArray<TaskId> Kept, ImmutableArray<TaskId> Run, ImmutableArray<TaskId> Resumed, bool Disturbs)
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
                // Nobody knows what an earlier run left behind, except in directories that are emptied or made what they were before.
                if (place.WasStarted(task) && !Resumes(place, task, run) && place.NearestCleaning(task) is var cleaning && !place.WillHaveRun(cleaning)) _ = run.Add(cleaning);
            }
        }
        while (run.Count != before);

        return new(
            [.. tasks.Where(t => !run.Contains(t) && !place.IsPlanned(t))],
            [.. tasks.Where(t => run.Contains(t) && !place.IsPlanned(t))],
            [.. run.Where(t => Resumes(place, t, run))],
            run.Any(place.IsPlanned));
    }

    private static bool MustRun(WorkPlace place, TaskId task, HashSet<TaskId> run)
    {
        var before = place.Before(task).ToArray();
        if (before.Any(run.Contains)) return true;
        return !place.IsPlanned(task) && (!place.IsCurrent(task) || before.Any(place.WillHaveRun));
    }

    /// <summary>What a savepoint holds is of use only while nothing before the task runs again.</summary>
    private static bool Resumes(WorkPlace place, TaskId task, HashSet<TaskId> run) =>
        place.CanResume(task) && !place.Before(task).Any(t => run.Contains(t) || place.WillHaveRun(t));
}
