using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Graph;
using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>Runs one task to its end: prepares its directories, runs its body, keeps its artifact. Knows nothing of other tasks.</summary>
internal sealed class TaskRunner(
    BuildOptions options,
    ArtifactStore store,
    RemoteCache? remotes,
    ImmutableSortedDictionary<string, BuiltinTask> builtins,
    EventStream events,
    ISandbox sandboxes,
    JobServer jobs,
    Deployment deployment)
{
    /// <summary>The source of what was restored without asking another machine.</summary>
    private const string LocalStore = "store";

    /// <summary>Bytes below which a disk counts as full: less than any failing program leaves behind.</summary>
    private const long FullDisk = 1 << 20;

    /// <summary>A bug in a task body fails that task; it must never take the build, or the scheduler's channel, down with it.</summary>
    public async Task<TaskResult> RunSafelyAsync(TaskWork work, CancellationToken cancel)
    {
        var started = Clock.Ticks;
        using var watch = new TaskWatch(work, options.MaxLog, cancel);
        try
        {
            var artifact = await RunAsync(work, watch.Token);
            return new(TaskOutcome.Ran, Clock.Since(started)) { Artifact = artifact, LogFile = Log(work), Usage = work.Usage };
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new(TaskOutcome.Cancelled, Clock.Since(started)) { LogFile = Log(work), Usage = work.Usage };
        }
        catch (Exception failure)
        {
            var finding = watch.Conclude();
            var result = new TaskResult(TaskOutcome.Failed, Clock.Since(started)) { LogFile = Log(work), Usage = work.Usage, LastLines = TaskLog.Tail(work.Directory.LogFile) };
            return WithDiskSpace(work, finding is null ? Explain(work.Directory.Task, result, failure) : result with { Diagnostics = [finding] });
        }
    }

    /// <summary>Takes the artifact of a key from the store or a remote, and deploys it if the task wants that.</summary>
    /// <returns>Null when nothing is recorded under the key.</returns>
    public async Task<TaskResult?> RestoreSafelyAsync(TaskNode task, TaskKey key, CancellationToken cancel)
    {
        var started = Clock.Ticks;
        try
        {
            if (options.Rebuild?.Covers(task) is true || await FindAsync(key.Digest, cancel) is not { } artifact) return null;
            if (!options.DryRun)
            {
                if (key != task.DeepKey) Record(task, artifact, task.DeepKey.Digest);
                await DeployAsync(task, artifact, cancel);
            }
            return new(TaskOutcome.Restored, Clock.Since(started)) { Artifact = artifact, Source = LocalStore };
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new(TaskOutcome.Cancelled, Clock.Since(started));
        }
        catch (Exception failure)
        {
            return Explain(task, new(TaskOutcome.Failed, Clock.Since(started)), failure);
        }
    }

    /// <summary>How a dependant sees what a task made.</summary>
    public InputArtifact Input(TaskNode task, Digest artifact) => InputArtifact.Of(task, artifact, store);

    private async Task<Digest?> RunAsync(TaskWork work, CancellationToken cancel)
    {
        var node = work.Directory.Task;
        if (work.Savepoint is { } savepoint) await savepoint.EnterAsync(work.Directory, cancel);
        work.Directory.Prepare(work.Command);
        work.Secrets = TaskSecrets.Of(node, work.Command, options.Secrets);
        try
        {
            if (node.Builtin is null) await RunShellAsync(work, cancel);
            else await RunBuiltinAsync(work, cancel);
        }
        finally
        {
            work.Secrets.LookIn(work.Directory);
        }
        work.Secrets.ThrowIfFound(work.Directory);
        return node.Kind is TaskKind.Cached ? await KeepAsync(work, cancel) : null;
    }

    private async Task RunShellAsync(TaskWork work, CancellationToken cancel)
    {
        var (directory, node) = (work.Directory, work.Directory.Task);
        Directory.CreateDirectory(directory.Temp);
        File.WriteAllText(directory.ScriptFile, work.Command.Script);
        var script = $"{node.WorkDirectory}/temp/run.{node.TaskName}";
        var exitCode = await RunInSandboxAsync(work, work.Command.Fakeroot ? FakerootScript.Program(work, script) : ["/bin/sh", "-e", script], cancel);
        if (exitCode != 0)
            throw new TaskFailedException(ExecutionRules.TaskFailed(node.Place, node.Name, exitCode, directory.LogFile, directory.ScriptFile));
    }

    private async Task RunBuiltinAsync(TaskWork work, CancellationToken cancel)
    {
        var node = work.Directory.Task;
        if (!builtins.TryGetValue(node.Builtin!, out var builtin))
            throw new TaskFailedException(ExecutionRules.UnknownBuiltin(node.Place, node.Name, node.TaskName, node.Builtin!, builtins.Keys));
        using var log = new TaskLog(work.Directory.LogFile);
        var context = new BuiltinContext(work.Directory, work.Inputs, work.Command.Secrets, log, events, (command, stop) => RunInSandboxAsync(work, command, stop));
        await builtin(context, cancel);
    }

    private async Task<int> RunInSandboxAsync(TaskWork work, ImmutableArray<string> program, CancellationToken cancel)
    {
        var spec = work.Secrets.AddTo(TaskSandbox.Spec(work.Directory, work.Command, work.Inputs, program, options.HostTools));
        Directory.CreateDirectory(work.Directory.Temp);
        if (work.Command.Fakeroot) spec = spec with { Mounts = [.. spec.Mounts, .. FakerootAccounts.Write(work.Command, work.Directory.ScriptFile)] };
        var first = 0;
        spec = jobs.Join(spec) with { Started = process => work.Processes[first = process] = true };
        try
        {
            var outcome = await sandboxes.RunAsync(spec, work.Directory.LogFile, cancel);
            work.Used(outcome.Usage);
            return outcome.ExitCode;
        }
        finally
        {
            _ = work.Processes.TryRemove(first, out _);
        }
    }

    private async Task<Digest> KeepAsync(TaskWork work, CancellationToken cancel)
    {
        var node = work.Directory.Task;
        var directory = work.Directory.Require(node.ArtifactDirectory!, "artifact");
        if (!Directory.Exists(directory))
            throw new TaskFailedException(ExecutionRules.ArtifactMissing(node.Place, node.Name, node.TaskName, node.ArtifactDirectory!));
        var artifact = store.Add(directory, cancel);
        if (options.Rebuild?.Covers(node) is true && (await FindAsync(work.ShallowKey.Digest, cancel) ?? await FindAsync(node.DeepKey.Digest, cancel)) is { } before)
            return options.Rebuild.Compare(node.Name, before, artifact);
        Record(node, artifact, work.ShallowKey.Digest, node.DeepKey.Digest);
        await DeployAsync(node, artifact, cancel);
        return artifact;
    }

    private async Task<Digest?> FindAsync(Digest key, CancellationToken cancel)
    {
        if (store.Find(key) is { } artifact) return artifact;
        if (remotes is null) return null;
        return options.DryRun ? await remotes.FindAsync(key, cancel) : await remotes.RestoreAsync(key, cancel);
    }

    /// <summary>For the next build here and, unless the host's own tools may have been at work, for others.</summary>
    private void Record(TaskNode task, Digest artifact, params ReadOnlySpan<Digest> keys)
    {
        foreach (var key in keys) store.Record(key, task.Name, artifact);
        if (!options.HostTools) remotes?.Offer(task.Name, artifact, () => new(task.Name, task.ExplainingKeys()), keys);
    }

    private async Task DeployAsync(TaskNode task, Digest artifact, CancellationToken cancel)
    {
        if (task.Deploy is { } directory) await deployment.DeployAsync(task.Name, directory, artifact, store.PathOf(artifact), cancel);
    }

    private static TaskResult Explain(TaskNode node, TaskResult result, Exception failure) => failure switch
    {
        TaskFailedException e => result with { Diagnostics = e.Diagnostics },
        SandboxFailedException e => result with { Diagnostics = [e.Diagnostic with { Place = node.Place, Message = $"{node.Name}: {e.Diagnostic.Message}" }] },
        StoreException e => result with { Diagnostics = [e.Diagnostic] },
        IOException or UnauthorizedAccessException => result with { Diagnostics = [ExecutionRules.DiskError(node.Place, node.Name, failure.Message)] },
        _ => result with { Diagnostics = [ExecutionRules.Crashed(node.Place, node.Name, failure.Message)], Bug = failure.ToString() },
    };

    /// <summary>On a full disk a program often cannot even write why it failed.</summary>
    private static TaskResult WithDiskSpace(TaskWork work, TaskResult result)
    {
        var (node, directory) = (work.Directory.Task, work.Directory.HostRoot);
        if (!Directory.Exists(directory) || new DriveInfo(directory).AvailableFreeSpace >= FullDisk) return result;
        return result with { Diagnostics = result.Diagnostics.Add(ExecutionRules.DiskError(node.Place, node.Name, $"no space is left in {directory}")) };
    }

    private static string? Log(TaskWork work) => File.Exists(work.Directory.LogFile) ? work.Directory.LogFile : null;
}
