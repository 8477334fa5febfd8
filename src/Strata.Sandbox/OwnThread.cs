namespace Strata.Sandbox;

/// <summary>
/// Threads for processes that die with their parent: for the kernel, that is the thread which started them, and a thread of the pool that
/// retires would take running tasks with it.
/// </summary>
internal static class OwnThread
{
    private const int StackBytes = 256 * 1024;

    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                ended.SetResult(work());
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        }, StackBytes) { IsBackground = true, Name = "sandbox" };
        thread.Start();
        return ended.Task;
    }
}
