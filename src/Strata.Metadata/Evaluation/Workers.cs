using System.Runtime.ExceptionServices;

namespace Strata.Metadata.Evaluation;

/// <summary>Threads with a stack of a chosen size; all have ended when the call returns.</summary>
internal static class Workers
{
    /// <summary>In bytes; deep enough for values nested as far as BitBake allows, whatever thread evaluates them.</summary>
    public const int LargeStack = 16 << 20;

    /// <summary>For callers that may be deep in the small stack of a pool thread.</summary>
    public static T OnLargeStack<T>(Func<T> make)
    {
        T made = default!;
        Run(1, LargeStack, _ => made = make(), CancellationToken.None);
        return made;
    }

    /// <summary>Runs the body on so many threads at once. The first exception of any of them is thrown on.</summary>
    public static void Run(int count, int stackSize, Action<int> body, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Exception? failure = null;
        var threads = Enumerable.Range(0, Math.Max(1, count)).Select(i => new Thread(() => Guarded(i), stackSize) { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);

        void Guarded(int index)
        {
            try
            {
                body(index);
            }
            catch (Exception e)
            {
                _ = Interlocked.CompareExchange(ref failure, e, null);
            }
        }
    }
}
