using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Strata.Cache;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>
/// Decides what a build needs, from the targets downwards, and hands it out. One loop owns all state: everything else runs
/// elsewhere and comes back as a message. It ends when nothing is under way and nothing can start.
/// </summary>
/// <remarks>
/// A cached task is looked for by its deep key; then, once the outputs of its inputs are known, by its shallow key; only then its
/// work directory is entered, where <see cref="WorkPlan"/> says which work tasks have to run before it.
/// </remarks>
internal sealed partial class Scheduler
{
    /// <summary>Work directories at once; the other half of the files is for what runs in them.</summary>
    private static readonly long s_mostHeld = OpenFiles.Most / 2;

    private static readonly TimeSpan s_memoryPause = TimeSpan.FromSeconds(0.5);

    private readonly TaskGraph _graph;
    private readonly BuildOptions _options;
    private readonly BuildHistory _history;
    private readonly TaskRunner _runner;
    private readonly JobServer _jobs;
    private readonly BuildReport _report;
    private readonly ReadyTasks _ready;
    private readonly ResourcePool _pool;
    private readonly WorkTasks _workTasks;
    private readonly Boots _boots;
    private readonly ShallowKeys _shallowKeys;
    /// <summary>Of the tasks, then of their views; made when somebody asks.</summary>
    private readonly TaskState?[] _states;

    private readonly Queue<TaskId> _advancing = [];
    private readonly Dictionary<string, WorkPlace> _places = new(StringComparer.Ordinal);
    private readonly Channel<Message> _inbox = Channel.CreateUnbounded<Message>(new() { SingleReader = true });

    private readonly Queue<WorkPlace> _outside = [];

    private int _underWay;
    private int _held;
    private int _computing;
    private int _networking;
    private bool _awaitsToken;
    private bool _awaitsMemory;
    private bool _broken;
    private CancellationToken _cancel;
    private CancellationToken _stop;

    public Scheduler(
        TaskGraph graph, BuildOptions options, BuildHistory history, TaskRunner runner, JobServer jobs, BuildReport report, ReadyTasks ready, ResourcePool pool)
    {
        (_graph, _options, _history, _runner, _jobs, _report, _ready, _pool) = (graph, options, history, runner, jobs, report, ready, pool);
        _workTasks = new(graph);
        _boots = new(Path.Combine(options.TempDirectory, "boots"));
        _shallowKeys = new(graph);
        _states = new TaskState?[2 * graph.Tasks.Length];
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token, _options.Stop);
        (_cancel, _stop) = (end.Token, stop.Token);
        try
        {
            foreach (var target in _graph.Targets) Need(target);
            while (true)
            {
                do
                    while (_advancing.TryDequeue(out var task)) Advance(task);
                while (TryLetIn());
                StartReady();
                if (_underWay == 0) break;
                Handle(await NextAsync());
                // All that is known before anything starts, so that the longest chain can go first.
                while (TryNext(out var next)) Handle(next);
            }
        }
        finally
        {
            // Only after a bug in this class is something still under way here.
            await end.CancelAsync();
            while (_underWay > 0) _ = await NextAsync();
            foreach (var place in _places.Values) place.Leave();
        }
    }

    private async Task<Message> NextAsync()
    {
        var message = await _inbox.Reader.ReadAsync(CancellationToken.None);
        _underWay--;
        return message;
    }

    private bool TryNext([NotNullWhen(true)] out Message? message)
    {
        var read = _inbox.Reader.TryRead(out message);
        if (read) _underWay--;
        return read;
    }

    private bool MayStart => !_broken && !_stop.IsCancellationRequested && (_options.KeepGoing || _report.Failures == 0);

    private TaskState State(TaskId task) => _states[task.Index] ??= new();

    private void Need(TaskId task)
    {
        if (State(task).Stage is not Stage.Unneeded) return;
        State(task).Stage = Stage.Needed;
        _advancing.Enqueue(task);
    }

    /// <summary>Takes a task to the next thing it has to wait for. What it waited for so far is there.</summary>
    private void Advance(TaskId task)
    {
        if (IsView(task))
        {
            AdvanceView(task);
            return;
        }
        var (node, stage) = (_graph[task], State(task).Stage);
        switch (stage)
        {
            case Stage.Needed when node.Kind is TaskKind.Empty:
                Await(task, Stage.Dependencies, node.Dependencies);
                break;
            case Stage.Needed when node.Kind is TaskKind.Cached:
                LookUp(task, Stage.DeepKey, node.DeepKey);
                break;
            case Stage.Needed:
            case Stage.DeepKey:
                Await(task, Stage.Inputs, _workTasks.DirectInputs(task).Select(ViewOf));
                break;
            case Stage.Inputs when node.Kind is TaskKind.Cached && ShallowKey(task) is { } key:
                LookUp(task, Stage.ShallowKey, key);
                break;
            case Stage.Inputs:
            case Stage.ShallowKey:
                Await(task, Stage.ForeignWork, _workTasks.Foreign(task));
                break;
            case Stage.ForeignWork:
                Enter(task);
                break;
            case Stage.Dependencies:
                Complete(task);
                break;
            case Stage.Unneeded or Stage.Work or Stage.Done or Stage.Failed:
                break;
        }
    }

    private void Await(TaskId task, Stage stage, IEnumerable<TaskId> others)
    {
        var state = State(task);
        state.Stage = stage;
        foreach (var other in others.Distinct())
        {
            Need(other);
            if (State(other).Stage is Stage.Done) continue;
            if (State(other).Stage is Stage.Failed)
            {
                Skip(task);
                return;
            }
            state.Remaining++;
            State(other).Waiters.Add(task);
        }
        if (state.Remaining == 0) _advancing.Enqueue(task);
    }

    private void LookUp(TaskId task, Stage stage, TaskKey key)
    {
        State(task).Stage = stage;
        if (!MayStart) return;
        Away(async () => new Message.LookedUp(task, await _runner.RestoreSafelyAsync(_graph[task], key, _cancel)));
    }

    private void Complete(TaskId task)
    {
        State(task).Stage = Stage.Done;
        foreach (var waiter in State(task).Waiters)
            if (--State(waiter).Remaining == 0 && State(waiter).Stage is not Stage.Failed) _advancing.Enqueue(waiter);
    }

    /// <summary>Takes what depends on a failed task out of the build.</summary>
    private void Fail(TaskId task)
    {
        State(task).Stage = Stage.Failed;
        foreach (var waiter in State(task).Waiters) Skip(waiter);
    }

    private void Skip(TaskId task)
    {
        if (State(task).Stage is Stage.Failed) return;
        if (!IsView(task) && _graph[task].Kind is not TaskKind.Empty) _report.Finished(_graph[task], TaskOutcome.Skipped);
        Fail(task);
    }

    /// <summary>Null when the outputs of its inputs are not known, which only happens in a dry run.</summary>
    private TaskKey? ShallowKey(TaskId task) => _workTasks.DirectInputs(task).All(i => State(ViewOf(i)).Output is not null)
        ? _shallowKeys.Of(task, input => State(input).Output!.Value)
        : null;

    private void StartReady()
    {
        while (_ready.Networking > 0 && _networking < _options.NetworkJobs && MayStart && HasMemory() && _ready.TakeNetworking() is { } work) Start(work);
        while (_ready.Computing > 0 && MayStart && HasMemory() && TakeToken())
        {
            if (_ready.TakeComputing() is { } work) Start(work);
            else _jobs.GiveBack();
        }
    }

    private bool HasMemory()
    {
        if (!_pool.IsFull) return true;
        if (_awaitsMemory) return false;
        _awaitsMemory = true;
        Away(async () =>
        {
            await Task.Delay(s_memoryPause, _stop);
            return new Message.MemoryMayBeFree();
        });
        return false;
    }

    private bool TakeToken()
    {
        if (_computing == 0) _jobs.Refill();
        if (_computing >= _options.Jobs) return false;
        if (_jobs.TryTake()) return true;
        if (!_awaitsToken)
        {
            // The jobs of a running make have them all; the first that ends lets the next task in.
            _awaitsToken = true;
            Away(async () =>
            {
                await _jobs.WaitAsync(_stop);
                return new Message.TokenSeen();
            });
        }
        return false;
    }

    private void Start(TaskWork work)
    {
        var node = work.Directory.Task;
        var place = PlaceOf(node.Id);
        place.FindStep(node.Id)!.State = StepState.Running;
        if (work.Command.Network) _networking++;
        else _computing++;
        _report.Started(node);
        var failure = Stamp(node, () => work.Savepoint = place.Start(node.Id));
        Away(async () => new Message.Finished(work, failure ?? await _runner.RunSafelyAsync(work, _cancel)));
    }

    /// <summary>Runs something off the loop; whatever becomes of it, exactly one message comes back.</summary>
    private void Away(Func<Task<Message>> action)
    {
        _underWay++;
        _ = Task.Run(async () =>
        {
            Message message;
            try
            {
                message = await action();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                message = new Message.Lost(null);
            }
            catch (Exception bug)
            {
                message = new Message.Lost(bug.ToString());
            }
            _inbox.Writer.TryWrite(message);
        }, CancellationToken.None);
    }

    private void Handle(Message message)
    {
        switch (message)
        {
            case Message.LookedUp found:
                Found(found.Task, found.Result);
                break;
            case Message.Locked locked:
                Locked(locked.Place, locked.Lock);
                break;
            case Message.Finished finished:
                Ended(finished.Work, finished.Result);
                break;
            case Message.TokenSeen:
                _awaitsToken = false;
                break;
            case Message.MemoryMayBeFree:
                _awaitsMemory = false;
                break;
            case Message.Forgotten forgotten:
                forgotten.Place.Forgetting--;
                LeaveIfIdle(forgotten.Place);
                break;
            case Message.Lost { Bug: { } bug }:
                _broken = true;
                _report.Bug(bug);
                break;
        }
    }

    private void Found(TaskId task, TaskResult? result)
    {
        if (result is null)
        {
            _advancing.Enqueue(task);
            return;
        }
        _report.Finished(_graph[task], result);
        if (result.Outcome is TaskOutcome.Failed) Fail(task);
        if (result.Outcome is not TaskOutcome.Restored) return;
        State(task).Output = result.Artifact;
        Complete(task);
    }

    private void Ended(TaskWork work, TaskResult result)
    {
        var node = work.Directory.Task;
        var task = node.Id;
        _ready.GiveBack(work.Needs);
        var place = PlaceOf(task);
        if (work.Command.Network) _networking--;
        else
        {
            _computing--;
            _jobs.GiveBack();
        }
        if (result.Outcome is TaskOutcome.Ran && node.Kind is TaskKind.Work && Stamp(node, () => place.Finish(task)) is { } failure) result = failure;
        if (result.Outcome is TaskOutcome.Ran && work.Savepoint is { } savepoint) Forget(place, savepoint);
        _report.Finished(node, result);

        var step = place.FindStep(task)!;
        switch (result.Outcome)
        {
            case TaskOutcome.Ran:
                State(task).Output = result.Artifact;
                StepDone(place, step);
                break;
            case TaskOutcome.Failed:
                StepFailed(place, step);
                break;
            default:
                step.State = StepState.Failed;        // cancelled: nobody is to blame, and nothing starts any more
                break;
        }
        LeaveIfIdle(place);
    }

    /// <summary>Not in the loop: a tree of thousands of files takes its time.</summary>
    private void Forget(WorkPlace place, Savepoint savepoint)
    {
        place.Forgetting++;
        Away(() =>
        {
            savepoint.Forget();
            return Task.FromResult<Message>(new Message.Forgotten(place));
        });
    }

    /// <summary>Writes a stamp. A disk that takes none fails the task and not the loop.</summary>
    private static TaskResult? Stamp(TaskNode node, Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(TaskOutcome.Failed, default) { Diagnostics = [ExecutionRules.DiskError(node.Place, node.Name, e.Message)] };
        }
    }
}
