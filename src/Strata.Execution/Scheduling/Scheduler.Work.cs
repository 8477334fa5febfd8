using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <content>Work directories: who may enter, what has to run there, and what follows from it.</content>
internal sealed partial class Scheduler
{
    private void Enter(TaskId task)
    {
        State(task).Stage = Stage.Work;
        var place = PlaceOf(task);
        place.Requests.Add(task);
        if (_options.DryRun)
        {
            place.Look();
            PlanRequests(place);
        }
        else if (place.IsLocked) PlanRequests(place);
        else if (!place.IsLocking)
        {
            place.IsLocking = true;
            _outside.Enqueue(place);
        }
    }

    private WorkPlace PlaceOf(TaskId task)
    {
        if (State(task).Place is { } known) return known;
        var path = Path.GetFullPath(Path.Combine(_options.TempDirectory, "work", _graph[task].WorkPlace));
        if (!_places.TryGetValue(path, out var place)) _places[path] = place = new(path, _graph, _workTasks, _boots, ShallowKey);
        return State(task).Place = place;
    }

    /// <summary>Lets in who waits outside: each place that is held takes an open file, of which a host may allow a thousand.</summary>
    private bool TryLetIn()
    {
        if (!MayStart || _held >= s_mostHeld || !_outside.TryDequeue(out var place)) return false;
        _held++;
        LockPlace(place);
        return true;
    }

    private void LockPlace(WorkPlace place)
    {
        try
        {
            if (PlaceLock.TryTake(place.LockFile) is { } free)
            {
                Locked(place, free);
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotLocked(place, e.Message);
            return;
        }
        _report.Waiting(_graph[place.Requests[0]].RecipeName, place.LockFile);
        Away(async () => new Message.Locked(place, await PlaceLock.TakeAsync(place.LockFile, _stop)));
    }

    private void Locked(WorkPlace place, PlaceLock held)
    {
        place.IsLocking = false;
        place.Enter(held);
        if (held.WasContended)
            // Who held it may just have made what is wanted here.
            foreach (var task in place.Requests.Where(t => _graph[t].Kind is TaskKind.Cached).ToArray())
            {
                _ = place.Requests.Remove(task);
                LookUp(task, Stage.ShallowKey, ShallowKey(task)!);
            }
        PlanRequests(place);
    }

    private void NotLocked(WorkPlace place, string cause)
    {
        place.IsLocking = false;
        _held--;
        foreach (var task in place.Requests)
        {
            var node = _graph[task];
            _report.Finished(node, new TaskResult(TaskOutcome.Failed, default) { Diagnostics = [ExecutionRules.DiskError(node.Place, node.Name, cause)] });
            Fail(task);
        }
        place.Requests.Clear();
    }

    private void PlanRequests(WorkPlace place)
    {
        foreach (var task in place.Requests.ToArray())
            try
            {
                if (TryPlan(place, task)) _ = place.Requests.Remove(task);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The metadata of a command is expanded when it is first asked for, and may turn out to be wrong.
                _ = place.Requests.Remove(task);
                _report.Finished(_graph[task], NotPrepared(task, e));
                Fail(task);
            }
        LeaveIfIdle(place);
    }

    /// <returns>False when the plan has to wait until nothing runs in the place any more.</returns>
    private bool TryPlan(WorkPlace place, TaskId task)
    {
        var isCached = _graph[task].Kind is TaskKind.Cached;
        TaskId[] wanted = isCached ? [.. _workTasks.Own(task)] : [.. _workTasks.Own(task), task];
        if (wanted.Any(place.Failed.Contains))
        {
            Skip(task);
            return true;
        }
        var plan = WorkPlan.Make(place, [.. wanted]);
        if (plan.Disturbs && !_options.DryRun) return false;

        foreach (var kept in plan.Kept)
        {
            _ = place.AddStep(kept, StepState.Kept);
            _report.Finished(_graph[kept], TaskOutcome.UpToDate);
        }
        foreach (var step in plan.Run.Select(t => place.AddStep(t, resumes: plan.Resumed.Contains(t))).ToArray()) Offer(place, step);
        if (isCached) Offer(place, place.AddStep(task));
        else if (place.FindStep(task) is { State: StepState.Kept or StepState.Done }) Complete(task);
        return true;
    }

    /// <summary>Makes a step ready if nothing is before it any more.</summary>
    private void Offer(WorkPlace place, Step step)
    {
        if (step.State is not StepState.Waiting || step.Remaining > 0) return;
        if (_options.DryRun)
        {
            _report.Finished(_graph[step.Task], TaskOutcome.Ran);
            StepDone(place, step);
            return;
        }
        try
        {
            _ready.Add(Prepare(place, step.Task));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _report.Finished(_graph[step.Task], NotPrepared(step.Task, e));
            StepFailed(place, step);
        }
    }

    private TaskWork Prepare(WorkPlace place, TaskId task)
    {
        var node = _graph[task];
        var inputs = node.Inputs.Select(i => _runner.Input(_graph[i], State(i).Output!.Value));
        var command = node.Command();
        return new(new(node, place.Path), command, [.. inputs], ShallowKey(task)!, TaskNeeds.Of(command, _history.ExpectedMemory(node.Name)));
    }

    private TaskResult NotPrepared(TaskId task, Exception cause)
    {
        var node = _graph[task];
        var finding = cause is FormatException word
            ? ExecutionRules.BadResource(node.Place, node.Name, node.TaskName, word.Message)
            : ExecutionRules.NotPrepared(node.Place, node.Name, cause.Message);
        return new(TaskOutcome.Failed, default) { Diagnostics = [finding] };
    }

    private void StepDone(WorkPlace place, Step step)
    {
        step.State = StepState.Done;
        if (State(step.Task).Stage is Stage.Work) Complete(step.Task);
        foreach (var next in step.Next)
        {
            next.Remaining--;
            Offer(place, next);
        }
    }

    private void StepFailed(WorkPlace place, Step step)
    {
        step.State = StepState.Failed;
        _ = place.Failed.Add(step.Task);
        if (State(step.Task).Stage is Stage.Work) Fail(step.Task);
        foreach (var next in step.Next.Where(n => !n.IsOver))
        {
            if (State(next.Task).Stage is Stage.Work) Skip(next.Task);
            else _report.Finished(_graph[next.Task], TaskOutcome.Skipped);
            StepFailed(place, next);
        }
    }

    /// <summary>Lets other processes in as soon as nothing here is under way; requests that had to wait for that come first.</summary>
    private void LeaveIfIdle(WorkPlace place)
    {
        if (!place.IsLocked || !place.IsIdle) return;
        if (place.Requests.Count == 0)
        {
            place.Leave();
            _held--;
            return;
        }
        if (!MayStart) return;
        place.ForgetSteps();
        PlanRequests(place);
    }
}
