using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>
/// Runs commands in sandboxes, without root and without a daemon: a user namespace in which the overlays are mounted, and
/// bubblewrap within. Whatever ends a run (exit, cancellation, death of this process), nothing of it stays running.
/// </summary>
public sealed class SandboxRunner : ISandbox
{
    /// <summary>Where bubblewrap makes mount points itself; elsewhere the root is read-only.</summary>
    private static readonly string[] s_writable = ["/build/", "/tmp/", "/dev/"];

    /// <summary>How the messages of the tools begin that set a sandbox up.</summary>
    private static readonly string[] s_tools = ["bwrap: ", "nsenter: ", "setpriv: "];

    private readonly string _directory;
    private readonly MountSpace _space;

    /// <param name="directory">Kept between runs: the skeleton and the mount points, a few kilobytes.</param>
    public SandboxRunner(string directory) : this(directory, []) { }

    /// <param name="prefix">Words before every command, for tests that give up rights.</param>
    internal SandboxRunner(string directory, ImmutableArray<string> prefix)
    {
        _directory = Path.GetFullPath(directory);
        _space = new MountSpace(_directory, prefix);
        ChildProcess.AdoptOrphans();
    }

    /// <inheritdoc />
    public async Task<SandboxOutcome> RunAsync(SandboxSpec spec, string logFile, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var complete = WithHostParts(spec);
        using var overlays = await _space.MountAsync([Root(complete), .. complete.Overlays.Where(o => o.Target != "/")]);
        var entrance = await _space.EntranceAsync();
        var process = new SandboxProcess([.. entrance.Words, .. Bubblewrap.Arguments(complete, overlays.Mounts)], spec.Started);

        await using var kill = cancel.Register(process.Kill);
        var (exitCode, usage) = await StartAsync(process, spec.OnTerminal ? null : logFile);
        cancel.ThrowIfCancellationRequested();
        return new(exitCode ?? throw new SandboxFailedException(Explain(spec, logFile)), usage);
    }

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    private static async Task<(int? ExitCode, ResourceUsage Usage)> StartAsync(SandboxProcess process, string? logFile)
    {
        try
        {
            return await process.RunAsync(logFile);
        }
        catch (FileNotFoundException missing)
        {
            throw new SandboxFailedException(SandboxRules.ToolMissing(missing.FileName ?? "nsenter", "util-linux"), missing);
        }
    }

    private SandboxSpec WithHostParts(SandboxSpec spec)
    {
        Skeleton.Make(SkeletonOf(spec), spec.HostRoot);
        var mounts = spec.Mounts;
        if (spec.HostRoot)
        {
            mounts = [.. mounts, .. Skeleton.HostRootMounts(SkeletonOf(spec))];
            if (Directory.Exists("/usr/local")) mounts = mounts.Add(new(_space.PointsFor([]), "/usr/local", Writable: false));
        }
        if (spec.Network is Network.Host)
            mounts = [.. mounts, .. new[] { "/etc/hosts", "/etc/resolv.conf" }.Where(File.Exists).Select(f => new Mount(f, f, Writable: false))];
        return spec with { Mounts = mounts };
    }

    private string SkeletonOf(SandboxSpec spec) => Path.Combine(_directory, spec.HostRoot ? "host-skeleton" : "skeleton");

    private Overlay Root(SandboxSpec spec)
    {
        var skeleton = SkeletonOf(spec);
        var artifacts = spec.Overlays.FirstOrDefault(o => o.Target == "/")?.Lowers ?? [];
        var points = spec.Overlays.Select(o => o.Target).Concat(spec.Mounts.Where(m => Directory.Exists(m.Source)).Select(m => m.Target))
            .Where(t => t is not ("/" or "/usr/local") && !s_writable.Any(w => t.StartsWith(w, StringComparison.Ordinal)))
            .Where(t => !Directory.Exists(skeleton + t))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return new("/", points is [] ? [.. artifacts, skeleton] : [.. artifacts, _space.PointsFor(points), skeleton]);
    }

    private static Diagnostic Explain(SandboxSpec spec, string logFile)
    {
        var lines = File.Exists(logFile) ? File.ReadLines(logFile) : [];
        var said = lines.LastOrDefault(IsOfSetUp) ?? "it ended without a word";
        return said.Contains("execvp", StringComparison.Ordinal)
            ? SandboxRules.CommandMissing(spec.Command[0])
            : SandboxRules.NotSetUp(said);
    }

    private static bool IsOfSetUp(string line) => s_tools.Any(tool => line.StartsWith(tool, StringComparison.Ordinal));
}
