using Strata.Core;

namespace Strata.Execution;

/// <summary>Ends a task that takes too long or fills its log.</summary>
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

    private long LogBytes() => new FileInfo(_work.Directory.LogFile) is { Exists: true } log ? log.Length : 0;
}
