using System.Collections.Concurrent;
using Strata.Core;

namespace Strata.Scenarios.Images;

/// <summary><c>strata serve</c> in the workspace of the checkout, which has built target-image: everything is in its cache.</summary>
public sealed class ServingMachine : IAsyncLifetime
{
    private const string Greeting = "serving http://";

    private readonly X64Image _image = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<ProcessOutcome> _run = Task.FromResult(new ProcessOutcome(0, "", ""));

    /// <summary>Host and port.</summary>
    public string Address => _address.Task.Result;

    public ConcurrentQueue<string> Log { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await _image.InitializeAsync();
        _run = ProcessRunner.RunAsync(new()
        {
            Command = ["env", $"MACHINE={_image.Machine}", Checkout.Strata, "serve", "--listen", "127.0.0.1:0"],
            WorkingDirectory = Checkout.Path("."),
            OnLine = Hear,
        }, _stop.Token);
        if (await Task.WhenAny(_run, _address.Task) == _run) Assert.Fail($"strata serve ended:\n{string.Join('\n', Log)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        await _image.DisposeAsync();
    }

    private void Hear(string line)
    {
        Log.Enqueue(line);
        if (line.StartsWith(Greeting, StringComparison.Ordinal)) _address.TrySetResult(line[Greeting.Length..line.IndexOf('/', Greeting.Length)]);
    }
}
