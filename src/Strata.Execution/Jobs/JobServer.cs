namespace Strata.Execution;

/// <summary>
/// Tokens of GNU make's job-server, shared by all tasks: whoever runs a job holds one, so that N is a total and not a product.
/// A task's own token is the one that its make may use without asking.
/// </summary>
internal sealed class JobServer(int jobs) : IDisposable
{
    private const byte Token = (byte)'+';

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    private readonly PosixPipe _pipe = new();

    /// <summary>Value of MAKEFLAGS that makes a make of this build a client, with whatever flags the recipe wants.</summary>
    public string MakeFlags(string? own) =>
        $"{(string.IsNullOrEmpty(own) ? "" : own)} -j{jobs} --jobserver-auth={_pipe.Reader},{_pipe.Writer}";

    public bool TryTake() => _pipe.TryRead();

    public void GiveBack() => _pipe.Write(Token);

    /// <summary>
    /// Makes the number of tokens right again. Only while no task runs: a killed make takes its tokens with it, and nobody else can
    /// tell a lost token from one that is in use.
    /// </summary>
    public void Refill()
    {
        while (_pipe.TryRead()) { }
        for (var i = 0; i < jobs; i++) _pipe.Write(Token);
    }

    /// <summary>Ends when a token can be had, though another may be faster, or when cancelled.</summary>
    public Task WaitAsync(CancellationToken cancel) => Task.Factory.StartNew(() =>
    {
        while (!cancel.IsCancellationRequested && !_pipe.WaitForInput(s_patience)) { }
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose() => _pipe.Dispose();
}
