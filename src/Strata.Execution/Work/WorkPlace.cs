using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>
/// The work directory of a recipe, as the scheduler sees it: what it holds, what runs in it, and who waits for it. Owned by the
/// scheduler's loop. Nothing in it may be read or changed unless this process holds its lock.
/// </summary>
/// <param name="path">Absolute path on this host.</param>
/// <param name="shallowKeyOf">The shallow key of a work task; null in a dry run, when its inputs are not known.</param>
/// <param name="boots">Knows what a machine that went down may have lost.</param>
internal sealed class WorkPlace(string path, TaskGraph graph, WorkTasks workTasks, Boots boots, Func<TaskId, TaskKey?> shallowKeyOf)
{
    private readonly Dictionary<TaskId, Step> _steps = [];
    private Stamps? _stamps;
    private PlaceLock? _lock;

    public string Path => path;

    public string LockFile => LockFileOf(path);

    /// <summary>Tasks that want to run here, or want a work task to have run here, and are not planned yet.</summary>
    public List<TaskId> Requests { get; } = [];

    /// <summary>Tasks that failed in this build, or for which something before them did.</summary>
    public HashSet<TaskId> Failed { get; } = [];

    public bool IsLocked => _lock is not null;

    public bool IsLocking { get; set; }

    /// <summary>Savepoints that are being removed: nobody else may make new ones meanwhile.</summary>
    public int Forgetting { get; set; }

    public bool IsIdle => Forgetting == 0 && _steps.Values.All(s => s.IsOver);

    public void Enter(PlaceLock held)
    {
        _lock = held;
        Look();
    }

    /// <summary>Reads the stamps without a lock: enough to say what a build would do.</summary>
    public void Look() => _stamps ??= new(StampsOf(path), path, boots);

    public static string LockFileOf(string place) => place + ".lock";

    /// <summary>Without this directory, nothing in the place counts as done.</summary>
    public static string StampsOf(string place) => place + ".stamps";

    /// <summary>Forgets the plan, so that the next one goes by the stamps alone.</summary>
    public void ForgetSteps() => _steps.Clear();

    public void Leave()
    {
        _steps.Clear();
        _stamps = null;
        _lock?.Dispose();
        _lock = null;
    }

    public Step? FindStep(TaskId task) => _steps.GetValueOrDefault(task);

    /// <summary>Adds a step that starts when the planned steps before it are done.</summary>
    public Step AddStep(TaskId task, StepState state = StepState.Waiting, bool resumes = false)
    {
        var step = new Step(task) { State = state, Resumes = resumes };
        _steps[task] = step;
        if (state is StepState.Kept) return step;
        foreach (var earlier in Before(task).Select(t => _steps[t]).Where(s => s.State is not (StepState.Kept or StepState.Done)))
        {
            step.Remaining++;
            earlier.Next.Add(step);
        }
        return step;
    }

    public IEnumerable<TaskId> Before(TaskId task) => workTasks.Direct(task).Where(t => graph[t].WorkPlace == graph[task].WorkPlace);

    public bool IsPlanned(TaskId task) => _steps.ContainsKey(task);

    /// <summary>It ran, runs or will run as part of the present plan.</summary>
    public bool WillHaveRun(TaskId task) => _steps.TryGetValue(task, out var step) && step.State is not StepState.Kept;

    /// <summary>It ran before the present plan and left something behind, whatever its result was.</summary>
    public bool WasStarted(TaskId task) => !WillHaveRun(task) && _stamps!.Find(graph[task].TaskName) is not null;

    /// <summary>It ran to its end with the key that it has now.</summary>
    public bool IsCurrent(TaskId task) => _stamps!.Find(graph[task].TaskName) is { IsDone: true } stamp && stamp.Key == shallowKeyOf(task)?.Digest;

    /// <summary>The task itself or the last one before it that empties directories; the task itself when there is none.</summary>
    public TaskId NearestCleaning(TaskId task) => Cleans(task) ? task : workTasks.Own(task).Where(Cleans).DefaultIfEmpty(task).Last();

    /// <summary>Whether the directories that the task changes can be made what they were before it was started and did not end well.</summary>
    public bool CanResume(TaskId task) =>
        _stamps!.Find(graph[task].TaskName) is { IsDone: false } && SavepointOf(task)?.Exists() is true && IsAlone(task);

    /// <returns>What the task has to enter before it changes anything; null when repeating what was before it costs nothing worth keeping.</returns>
    /// <exception cref="IOException">Going back would undo what another task has done since it was planned. The next build knows and begins earlier.</exception>
    public Savepoint? Start(TaskId task)
    {
        if (graph[task].Kind is not TaskKind.Work) return null;
        var savepoint = SavepointOf(task);
        if (!_steps[task].Resumes) savepoint?.Forget();
        else if (!IsAlone(task)) throw new IOException($"{graph[task].Name} cannot start again: another task has changed its directories meanwhile; build again");
        _stamps!.Start(graph[task].TaskName, new(false, shallowKeyOf(task)!.Digest, Boots.Now, [.. Before(task).Select(t => graph[t].TaskName)]));
        return !_steps[task].Resumes && IsDisturbed(task) ? null : savepoint;
    }

    public void Finish(TaskId task) => _stamps!.Finish(graph[task].TaskName);

    private bool Cleans(TaskId task) => graph[task].Command().CleanDirectories.Length > 0;

    /// <summary>Of the directories that the last task before it has emptied: what a task changes is in them. Built-in tasks are as fast as a copy.</summary>
    private Savepoint? SavepointOf(TaskId task)
    {
        var cleaning = NearestCleaning(task);
        var isWorthIt = cleaning != task && workTasks.Own(task).SkipWhile(t => t != cleaning).Any(t => graph[t].Builtin is null);
        return isWorthIt ? new(path, graph[task].TaskName, graph[cleaning].Command().CleanDirectories, boots) : null;
    }

    /// <summary>Whether something else changes the same directories right now.</summary>
    private bool IsDisturbed(TaskId task) =>
        _steps.Values.Any(s => s.State is StepState.Running && s.Task != task && graph[s.Task].Kind is TaskKind.Work && !Cleans(s.Task));

    /// <summary>Whether nothing but the task and those before it has been at work here: others may have changed the same directories meanwhile.</summary>
    private bool IsAlone(TaskId task) => _stamps!.Names.All(workTasks.Own(task).Append(task).Select(t => graph[t].TaskName).ToHashSet(StringComparer.Ordinal).Contains);
}
