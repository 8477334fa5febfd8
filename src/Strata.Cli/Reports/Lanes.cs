using Strata.Cache;
using Strata.Core;

namespace Strata.Cli.Reports;

/// <summary>Rows for tasks that overlap in time: each goes to the first row that is free when it starts.</summary>
public static class Lanes
{
    /// <summary>Only what took time: tasks that ran, were restored, failed or were cancelled.</summary>
    public static IEnumerable<(PastRun Run, int Lane)> Of(IEnumerable<PastRun> runs)
    {
        var ends = new List<TimeSpan>();
        foreach (var run in runs.Where(TookTime).OrderBy(r => r.Started).ThenBy(r => r.Task, StringComparer.Ordinal))
        {
            var lane = ends.FindIndex(end => end <= run.Started);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(default);
            }
            ends[lane] = run.Started + run.Duration;
            yield return (run, lane);
        }
    }

    private static bool TookTime(PastRun run) => run.Outcome is TaskOutcome.Ran or TaskOutcome.Restored or TaskOutcome.Failed or TaskOutcome.Cancelled;
}
