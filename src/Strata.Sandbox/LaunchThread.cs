using System.Collections.Concurrent;

namespace Strata.Sandbox;

/// <summary>
/// A thread that starts processes and lives as long as they may. A sandbox asks the kernel to be killed when its parent dies, and
/// for the kernel the parent is the thread that started it: a thread of the pool that retires would take running tasks with it.
/// </summary>
internal sealed class LaunchThread : IDisposable
{
    private readonly BlockingCollection<Action> _starts = [];
    private readonly Thread _thread;

    public LaunchThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "sandbox launcher" };
        _thread.Start();
    }

    /// <summary>Calls <paramref name="start"/> on the thread, up to its first wait.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> start)
    {
        var started = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(() =>
        {
            try
            {
                started.SetResult(start());
            }
            catch (Exception e)
            {
                // For the caller, not for the thread, which others need.
                started.SetException(e);
            }
        });
        return started.Task.Unwrap();
    }

    public void Dispose()
    {
        _starts.CompleteAdding();
        _thread.Join();
        _starts.Dispose();
    }

    private void Run()
    {
        foreach (var start in _starts.GetConsumingEnumerable()) start();
    }
}
