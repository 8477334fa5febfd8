using System.Runtime.ExceptionServices;

namespace Strata.Metadata.Evaluation;

/// <summary>Threads with a stack deep enough for values nested as far as BitBake allows; all have ended when a call returns.</summary>
public static class Workers
{
    private const int StackBytes = 16 << 20;

    [ThreadStatic]
    private static bool t_isWorker;

    /// <summary>Runs the body for each number below <paramref name="count"/>, in any order. The first exception of any is thrown on.</summary>
    /// <param name="threads">At most so many at once.</param>
    public static void ForEach(int threads, int count, Action<int> body, CancellationToken cancel)
    {
        if (count == 0) return;
        var next = -1;
        Run(Math.Min(threads, count), () =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                cancel.ThrowIfCancellationRequested();
                body(i);
            }
        });
    }

    /// <summary>
    /// Runs something that may go deep: here if this thread is one of these already, since a thread costs as much as evaluating a small
    /// recipe; otherwise on a new one, because whoever asks may be deep in a small stack.
    /// </summary>
    public static void RunDeep(Action body) => Run(1, body);

    /// <summary>The same for something that gives a result.</summary>
    public static T OnLargeStack<T>(Func<T> make)
    {
        T made = default!;
        RunDeep(() => made = make());
        return made;
    }

    private static void Run(int count, Action body)
    {
        if (count <= 1 && t_isWorker)
        {
            body();
            return;
        }
        Exception? failure = null;
        var threads = Enumerable.Range(0, Math.Max(1, count)).Select(_ => new Thread(Guarded, StackBytes) { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);

        void Guarded()
        {
            t_isWorker = true;
            try
            {
                body();
            }
            catch (Exception e)
            {
                _ = Interlocked.CompareExchange(ref failure, e, null);
            }
        }
    }
}
