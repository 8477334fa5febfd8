using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>
/// Runs the tasks of a graph for real, one at a time and without a sandbox, as BitBake does: Strata's graph, scripts and keys,
/// BitBake's order and stamps. Strata's own execution keeps artifacts instead of stamps and cannot be compared task by task.
/// </summary>
internal sealed class TaskRun(LoadedMetadata metadata, TaskGraph graph, CommandLine command, ImmutableSortedDictionary<string, string> environment)
{
    private readonly string?[] _keys = new string?[graph.Tasks.Length];
    private readonly bool[] _done = new bool[graph.Tasks.Length];
    private HashSet<TaskId> _covered = [];
    private (int Attempted, int Skipped, int Failed) _count;

    public Execution Run()
    {
        if (command.Forced is { } forced)
            foreach (var task in graph.Tasks.Where(t => t.TaskName == forced && graph.Targets.Any(target => graph[target].RecipeName == t.RecipeName))) StampOf(task).Taint();

        _covered = Restore();
        var waiting = TaskOrder.Of(graph, metadata).ToList();
        while (waiting.Find(t => t.Dependencies.All(d => _done[d.Index])) is { } next)
        {
            // BitBake hears of a failure when it has one more task to begin with already in its hand.
            var isLast = _count.Failed > 0 && !command.KeepGoing;
            _ = waiting.Remove(next);
            _done[next.Id.Index] = Attempt(next);
            if (isLast) break;
        }
        return new(_count.Attempted, _count.Skipped, _count.Failed);
    }

    /// <summary>Runs what can be restored, except where the task itself is up to date, and gives the tasks that need not run any more.</summary>
    private HashSet<TaskId> Restore()
    {
        var restoration = new Restoration(metadata, graph, t => StampOf(t).Key);
        foreach (var (restored, setscene) in restoration.Tasks)
        {
            var stamp = StampOf(restored, setscene.TaskName);
            var stands = IsCurrent(restored, StampOf(restored)) || stamp.Stands;
            restoration.Note(restored, stands || Execute(setscene));
            if (!stands) stamp.Write();
        }
        return restoration.Covered();
    }

    /// <summary>True unless the task fails.</summary>
    private bool Attempt(TaskNode task)
    {
        _count.Attempted++;
        var stamp = StampOf(task);
        if (_covered.Contains(task.Id) || IsCurrent(task, stamp))
        {
            _count.Skipped++;
            return true;
        }
        if (task.Kind is not TaskKind.Empty && !command.DryRun && !Execute(task))
        {
            _count.Failed++;
            return false;
        }
        stamp.Write();
        return true;
    }

    /// <summary>Also stale: an earlier task of the same recipe was done again since.</summary>
    private bool IsCurrent(TaskNode task, TaskStamp stamp) =>
        stamp.Stands && task.Dependencies.Select(d => graph[d]).Where(d => d.Configuration == task.Configuration && d.RecipeFile == task.RecipeFile && d.RecipeName == task.RecipeName)
            .All(d => StampOf(d).Time is { } done && done <= stamp.Time);

    private bool Execute(TaskNode task)
    {
        var recipe = RecipeOf(task);
        var script = task.Command();
        var top = metadata.Configuration.Get("TOPDIR")!;
        foreach (var directory in script.CleanDirectories) Workspace.Delete(directory);
        foreach (var directory in script.CleanDirectories.Concat(script.Directories)) _ = Directory.CreateDirectory(directory);
        var outer = environment.Where(v => recipe.Variables.Get(v.Key) is not null);
        var spec = new ProcessSpec
        {
            Command = ["/bin/sh", "-c", script.Script],
            WorkingDirectory = script.Directories is [.., var last] ? Path.GetFullPath(last, top) : top,
            Environment = script.Environment.SetItems(outer.Where(v => !script.Environment.ContainsKey(v.Key))),
        };
        return ProcessRunner.RunAsync(spec, CancellationToken.None).GetAwaiter().GetResult().Succeeded;
    }

    private TaskStamp StampOf(TaskNode task, string? name = null) => new(RecipeOf(task), name ?? task.TaskName, stamp => KeyOf(task, stamp));

    /// <summary>A forced or stamp-less task counts as changed, for itself and for what depends on it.</summary>
    private string KeyOf(TaskNode task, TaskStamp stamp) =>
        _keys[task.Id.Index] ??= Digest.Of($"{task.OwnDigest}\n{stamp.TaintText}\n{string.Join('\n', task.Dependencies.Select(d => StampOf(graph[d]).Key))}").Hex;

    private Recipe RecipeOf(TaskNode task) => metadata.RecipeOf(task);
}
