using Strata.Cache;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>How long it takes from the start of a task to the end of the build, if there were machines without end.</summary>
internal static class CriticalPath
{
    /// <summary>Of a task that never ran: a guess that lets the longer chain go first.</summary>
    private const double Unknown = 1;

    private const double UnknownBuiltin = 0.2;

    /// <summary>Seconds by task index.</summary>
    public static double[] Of(TaskGraph graph, BuildHistory history)
    {
        var own = graph.Tasks.Select(t => Duration(t, history)).ToArray();
        var path = own.ToArray();
        for (var i = graph.Tasks.Length - 1; i >= 0; i--)
            foreach (var dependency in graph.Tasks[i].Dependencies)
                path[dependency.Index] = Math.Max(path[dependency.Index], own[dependency.Index] + path[i]);
        return path;
    }

    private static double Duration(TaskNode task, BuildHistory history) => task.Kind is TaskKind.Empty ? 0
        : history.ExpectedDuration(task.Name)?.TotalSeconds ?? (task.Builtin is null ? Unknown : UnknownBuiltin);
}
