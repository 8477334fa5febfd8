using Strata.Core;

namespace Strata.Execution;

/// <summary>Ends a task that takes too long, too much memory or too many processes, or fills its log. Looks twice a second.</summary>
internal sealed class TaskWatch : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.5);

    private readonly CancellationTokenSource _stop;
    private readonly Timer _timer;
    private readonly TaskWork _work;
    private readonly long _maxLog;
    private readonly long _started = Clock.Ticks;
    private Diagnostic? _finding;

    public TaskWatch(TaskWork work, long maxLog, CancellationToken cancel)
    {
        (_work, _maxLog) = (work, maxLog);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _timer = new(_ => Look(), null, s_interval, s_interval);
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>Why it was ended; null when it was not, or not from here. A log that was too long is cut then.</summary>
    public Diagnostic? Conclude()
    {
        if (_finding is null || LogBytes() <= _maxLog) return _finding;
        using var log = new FileStream(_work.Directory.LogFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        log.SetLength(_maxLog);
        log.Position = _maxLog;
        using var writer = new StreamWriter(log);
        writer.Write($"\n[strata cut this log here, after {_maxLog} bytes, and ended the task]\n");
        return _finding;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stop.Dispose();
    }

    private void Look()
    {
        var node = _work.Directory.Task;
        if (_work.Needs.TimeLimit is { } limit && Clock.Since(_started) > limit) _finding ??= ExecutionRules.TookTooLong(node.Place, node.Name, node.TaskName, limit);
        else if (TooMuch() is { } finding) _finding ??= finding;
        else if (LogBytes() > _maxLog) _finding ??= ExecutionRules.LogTooLong(node.Place, node.Name, _maxLog, _work.Directory.LogFile);
        if (_finding is null) return;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this moment.
        }
    }

    private Diagnostic? TooMuch()
    {
        var (node, needs) = (_work.Directory.Task, _work.Needs);
        if (needs is { MaxMemory: null, MaxProcesses: null }) return null;
        var now = ProcessTree.Below(_work.Processes.Keys);
        if (now.Memory > needs.MaxMemory) return ExecutionRules.TooMuchMemory(node.Place, node.Name, node.TaskName, now.Memory, needs.MaxMemory.Value);
        return now.Count > needs.MaxProcesses ? ExecutionRules.TooManyProcesses(node.Place, node.Name, node.TaskName, now.Count, needs.MaxProcesses.Value) : null;
    }

    private long LogBytes() => new FileInfo(_work.Directory.LogFile) is { Exists: true } log ? log.Length : 0;
}
