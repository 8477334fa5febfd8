using System.Collections.Immutable;
using Strata.Core;
using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>
/// Tokens of GNU make's job-server, shared by all tasks: whoever runs a job holds one, so that N is a total and not a product.
/// A task's own token is the one that its make may use without asking.
/// </summary>
/// <remarks>
/// One pipe with two ways in. A make before 4.4 knows inherited descriptors only, and fails at anything else; ninja, from 1.13, knows
/// a named pipe only, and ignores the rest. So the make that a task would find decides.
/// </remarks>
/// <param name="directory">Where the named pipe is made on this host; what killed builds left there is removed.</param>
internal sealed class JobServer(int jobs, string directory) : IDisposable
{
    /// <summary>Where tasks find the named pipe: the same everywhere.</summary>
    private const string PathInside = "/build/jobs";

    private const byte Token = (byte)'+';

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    private readonly NamedPipe _pipe = Open(directory);
    private readonly MakeVersions _makes = new();

    /// <summary>Whether tasks can find the named pipe at all: it is mounted into their sandboxes.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>The sandbox with MAKEFLAGS that make a client of everything in it that understands job-servers, beside what the recipe wants.</summary>
    public SandboxSpec Join(SandboxSpec spec)
    {
        var wanted = spec.Environment.GetValueOrDefault(MakeFlags);
        var isNamed = IsNamed && _makes.KnowNamedPipes(spec);
        var address = isNamed ? $"fifo:{PathInside}" : $"{_pipe.Reader},{_pipe.Writer}";
        return spec with
        {
            Environment = spec.Environment.SetItem(MakeFlags, $"{(string.IsNullOrEmpty(wanted) ? "" : wanted)} -j{jobs} --jobserver-auth={address}"),
            Mounts = isNamed ? spec.Mounts.Add(new(_pipe.Path, PathInside, Writable: true)) : spec.Mounts,
        };
    }

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

    private static NamedPipe Open(string directory)
    {
        Directory.CreateDirectory(directory);
        NamedPipe.Sweep(directory, "jobs.*.tmp");
        return new(AtomicFile.ScratchName(Path.Combine(directory, "jobs")));
    }

    private const string MakeFlags = "MAKEFLAGS";
}
