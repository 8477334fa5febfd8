using Strata.Core;

namespace Strata.Fetch;

/// <summary>Ends a git that a server lets wait for ever: over most of its protocols git itself waits without an end.</summary>
internal static class GitPatience
{
    /// <param name="received">Bytes that have come so far; null when only the end counts.</param>
    /// <param name="idle">Without a byte for so long, or without the end, it is given up.</param>
    /// <returns>A failed outcome when it was given up.</returns>
    public static async Task<ProcessOutcome> RunAsync(Func<CancellationToken, Task<ProcessOutcome>> git, Func<long>? received, TimeSpan idle, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = git(stop.Token);
        var before = -1L;
        while (await Task.WhenAny(running, Task.Delay(idle, cancel)) != running)
        {
            cancel.ThrowIfCancellationRequested();
            var now = received?.Invoke() ?? before;
            if (now != before)
            {
                before = now;
                continue;
            }
            await stop.CancelAsync();
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return running.IsCompletedSuccessfully ? await running : new(1, "", $"sent nothing for {idle.TotalSeconds:0.#} s");
        }
        return await running;
    }

    /// <summary>What lies below a directory, in bytes. Files come and go meanwhile.</summary>
    public static long SizeOf(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        }
        catch (IOException)
        {
            return Clock.Ticks;     // something changed under our hands: it lives
        }
    }
}
