using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>What a built-in task may see and do. It may be used from several threads.</summary>
public sealed class BuiltinContext
{
    private readonly WorkDirectory _work;
    private readonly TaskLog _log;
    private readonly EventStream _events;
    private readonly Func<ImmutableArray<string>, CancellationToken, Task<int>> _runInSandbox;

    internal BuiltinContext(WorkDirectory work, ImmutableArray<InputArtifact> inputs, ImmutableArray<string> secrets, TaskLog log, EventStream events,
        Func<ImmutableArray<string>, CancellationToken, Task<int>> runInSandbox)
    {
        (_work, _log, _events, _runInSandbox) = (work, log, events, runInSandbox);
        (Inputs, Secrets) = (inputs, secrets);
    }

    public TaskNode Task => _work.Task;

    /// <summary>The directory on this host that is WORKDIR in the sandbox.</summary>
    public string WorkDirectory => _work.HostRoot;

    /// <summary>The artifacts that the task sees, topmost first.</summary>
    public ImmutableArray<InputArtifact> Inputs { get; }

    /// <summary>What the task may know of its user: the words of its <c>[secrets]</c>.</summary>
    public ImmutableArray<string> Secrets { get; }

    /// <summary>Where a path in the sandbox, below WORKDIR, lies on this host.</summary>
    /// <exception cref="TaskFailedException">It is not below WORKDIR, or a link in between leads out of it.</exception>
    public string HostPath(string sandboxPath) => _work.Require(sandboxPath, "builtin");

    /// <summary>The final value of a variable, or of a flag written <c>NAME[flag]</c>.</summary>
    /// <exception cref="InvalidOperationException">The name is not part of the task's key.</exception>
    public string? Variable(string name) => _work.Task.Variable(name);

    public void Log(string line) => _log.Write(line);

    /// <summary>Reports a finding that does not fail the task; one that does belongs into a <see cref="TaskFailedException"/>.</summary>
    public void Report(Diagnostic diagnostic)
    {
        Log(diagnostic.ToString());
        _events.Publish(new DiagnosticReported(diagnostic));
    }

    public void Progress(string what, long done, long total) => _events.Publish(new TaskProgressed(Task.Name, what, done, total));

    /// <summary>Runs a command as a shell task of the same name would see the world; its output goes to the log.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunInSandboxAsync(ImmutableArray<string> command, CancellationToken cancel)
    {
        _log.Release();
        return await _runInSandbox(command, cancel);
    }
}
