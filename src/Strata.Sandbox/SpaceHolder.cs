using System.Collections.Concurrent;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>The process that keeps the namespaces of a <see cref="MountSpace"/> open and mounts in them: see hold.sh.</summary>
internal sealed class SpaceHolder : IAsyncDisposable
{
    private const string Answer = "= ";

    private static readonly string s_script = ReadScript();

    private readonly BlockingCollection<string> _requests = [];
    private readonly ConcurrentQueue<TaskCompletionSource<string>> _pending = [];
    private readonly TaskCompletionSource<string> _greeting = Promise();
    private readonly ConcurrentQueue<string> _said = [];
    private readonly Task _process;
    private SandboxFailedException? _failure;

    /// <param name="directory">Absolute path of the mount space.</param>
    /// <param name="prefix">Words before every command, for tests that give up rights.</param>
    public SpaceHolder(string directory, IEnumerable<string> prefix)
    {
        _process = HoldAsync(new()
        {
            Command = [.. prefix, "unshare", "--user", "--map-root-user", "--mount", "--", "/bin/sh", "-c", s_script, "hold.sh", directory],
            WorkingDirectory = directory,
            WriteInput = Feed,
            OnLine = Heard,
        });
    }

    /// <summary>The process in whose namespaces sandboxes begin, and where the tools are that lead there, so that nobody searches for them again.</summary>
    /// <exception cref="SandboxFailedException">This host does not allow such namespaces, or lacks a tool.</exception>
    public async Task<(string Process, string Nsenter, string Bubblewrap)> ReadyAsync() => (await _greeting.Task).Split(':') switch
    {
        [var process, { Length: > 0 } nsenter, { Length: > 0 } bubblewrap] => (process, nsenter, bubblewrap),
        [_, "", _] => throw new SandboxFailedException(SandboxRules.ToolMissing("nsenter", "util-linux")),
        _ => throw new SandboxFailedException(SandboxRules.ToolMissing("bwrap", "bubblewrap")),
    };

    /// <exception cref="SandboxFailedException">The kernel refuses.</exception>
    public async Task MountAsync(string name, string options)
    {
        var answered = Promise();
        // Nothing may come between these lines and the caller: overlays are made of overlays that were asked for before.
        lock (_pending)
        {
            if (_failure is not null) throw _failure;
            _pending.Enqueue(answered);
            Request($"+ {name} {options}");
        }
        var cause = await answered.Task;
        if (cause.Length > 0) throw new SandboxFailedException(SandboxRules.NotSetUp(cause));
    }

    public void Unmount(string name) => Request($"- {name}");

    public async ValueTask DisposeAsync()
    {
        Request(".");
        _requests.CompleteAdding();
        await _process;
        _requests.Dispose();
    }

    private void Request(string line)
    {
        if (!_requests.IsAddingCompleted) _requests.Add(line);
    }

    private async Task HoldAsync(ProcessSpec spec)
    {
        SandboxFailedException failure;
        try
        {
            var outcome = await ProcessRunner.RunAsync(spec, CancellationToken.None);
            failure = new(SandboxRules.NotSetUp(_said.IsEmpty ? $"its mount space ended with exit code {outcome.ExitCode}" : string.Join(' ', _said)));
        }
        catch (FileNotFoundException missing)
        {
            failure = new(SandboxRules.ToolMissing(missing.FileName ?? "unshare", "util-linux"), missing);
        }
        _ = _greeting.TrySetException(failure);
        _ = _greeting.Task.Exception;         // seen, whether anybody asks or not
        lock (_pending)
        {
            _failure = failure;
            while (_pending.TryDequeue(out var waiting)) _ = waiting.TrySetException(failure);
        }
    }

    private void Feed(Stream input)
    {
        using var writer = new StreamWriter(input, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        foreach (var line in _requests.GetConsumingEnumerable()) writer.WriteLine(line);
    }

    private void Heard(string line)
    {
        if (!line.StartsWith(Answer, StringComparison.Ordinal)) _said.Enqueue(line);
        else if (!_greeting.Task.IsCompleted) _greeting.SetResult(line[Answer.Length..]);
        else if (_pending.TryDequeue(out var waiting)) waiting.SetResult(line[Answer.Length..].Trim());
    }

    private static TaskCompletionSource<string> Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(SpaceHolder).Assembly.GetManifestResourceStream("hold.sh")!);
        return reader.ReadToEnd();
    }
}
