using Strata.Core;

namespace Strata.Sandbox;

/// <summary>A command in no namespace of its own. It dies with this process, and what it left in its process group dies with it.</summary>
internal sealed class PlainProcess(IReadOnlyList<string> command, Action<int>? started)
{
    private readonly Lock _gate = new();
    private int _group;
    private bool _cancelled;

    /// <param name="logFile">Takes output and errors; null hands on those of this process, and its input.</param>
    public Task<SandboxOutcome> RunAsync(string? logFile) => OwnThread.RunAsync(() => Run(logFile));

    public void Kill()
    {
        lock (_gate)
        {
            _cancelled = true;
            if (_group != 0) ChildProcess.KillGroup(_group);
        }
    }

    private SandboxOutcome Run(string? logFile)
    {
        var process = logFile is null ? ChildProcess.StartOnTerminal(command) : Start(logFile);
        if (logFile is not null) Started(process.Id);
        var (exitCode, usage) = process.Wait();
        lock (_gate)
        {
            if (_group != 0) ChildProcess.EndGroup(_group);
            _group = 0;
        }
        return new(exitCode, usage);
    }

    private void Started(int group)
    {
        lock (_gate)
        {
            _group = group;
            started?.Invoke(group);
            if (_cancelled) ChildProcess.KillGroup(group);
        }
    }

    private ChildProcess Start(string logFile)
    {
        using var nothing = File.OpenHandle("/dev/null");
        using var log = ChildProcess.OpenForAppending(logFile);
        return ChildProcess.Start(command, (nothing, 0), (log, 1), (log, 2));
    }
}
