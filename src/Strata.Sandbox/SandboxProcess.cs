using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>One run of bubblewrap: its start, what it reports, and the certainty that nothing of it is left.</summary>
/// <remarks>
/// Bubblewrap is two processes: one outside, which dies with this process and reports, and the first one inside, whose end is the end
/// of everything inside. The outer one may be gone first; then the inner one falls to this process, which adopts orphans.
/// </remarks>
internal sealed class SandboxProcess(IReadOnlyList<string> command, Action<int>? started)
{
    private readonly Lock _gate = new();
    private int _inner;
    private bool _cancelled;

    /// <param name="logFile">Takes output and errors; null hands on those of this process, and its input.</param>
    /// <returns>No exit code when the command was not started.</returns>
    public Task<(int? ExitCode, ResourceUsage Usage)> RunAsync(string? logFile) => OwnThread.RunAsync(() => Run(logFile));

    /// <summary>Kills everything inside, now or as soon as there is something inside.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _cancelled = true;
            if (_inner != 0) ChildProcess.Kill(_inner);
        }
    }

    private (int? ExitCode, ResourceUsage Usage) Run(string? logFile)
    {
        var (reader, writer) = ChildProcess.OpenPipe();
        using var reports = new StreamReader(reader);
        ChildProcess outer;
        using (writer)
            outer = logFile is null ? ChildProcess.StartOnTerminal(command, (writer, Bubblewrap.StatusDescriptor)) : Start(logFile, writer);

        var (exitCode, inner) = (default(int?), 0);
        while (reports.ReadLine() is { } line)
        {
            using var report = JsonDocument.Parse(line);
            if (report.RootElement.TryGetProperty("child-pid", out var process)) Entered(inner = process.GetInt32());
            if (report.RootElement.TryGetProperty("exit-code", out var code)) exitCode = code.GetInt32();
        }
        lock (_gate) _inner = 0;          // from here on the number may belong to somebody else
        _ = outer.Wait();
        var usage = inner == 0 ? null : ChildProcess.TryWait(inner)?.Usage;
        return (exitCode, usage ?? default);
    }

    private ChildProcess Start(string logFile, SafeFileHandle reports)
    {
        using var nothing = File.OpenHandle("/dev/null");
        using var log = ChildProcess.OpenForAppending(logFile);
        return ChildProcess.Start(command, (nothing, 0), (log, 1), (log, 2), (reports, Bubblewrap.StatusDescriptor));
    }

    private void Entered(int inner)
    {
        lock (_gate)
        {
            _inner = inner;
            started?.Invoke(inner);
            if (_cancelled) ChildProcess.Kill(inner);
        }
    }
}
