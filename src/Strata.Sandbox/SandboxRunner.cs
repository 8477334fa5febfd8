using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>
/// Runs commands in sandboxes, without root and without a daemon: a user namespace in which the overlays are mounted, and
/// bubblewrap within. Whatever ends a run (exit, cancellation, death of this process), nothing of it stays running.
/// </summary>
public sealed class SandboxRunner : IDisposable
{
    /// <summary>Where bubblewrap makes mount points itself; elsewhere the root is read-only.</summary>
    private static readonly string[] s_writable = ["/build/", "/tmp/", "/dev/"];

    private static readonly string s_enter = ReadScript();

    private readonly string _directory;
    private readonly MountSpace _space;
    private readonly LaunchThread _launcher = new();

    /// <param name="directory">Kept between runs: the skeleton and the mount points, a few kilobytes.</param>
    public SandboxRunner(string directory)
    {
        _directory = Path.GetFullPath(directory);
        _space = new MountSpace(_directory);
    }

    /// <summary>Returns the exit code of the command, 128 + signal number when it was killed.</summary>
    /// <param name="spec">What the command sees.</param>
    /// <param name="logFile">Output and errors of the command are appended to it in the order of writing.</param>
    /// <param name="cancel">Kills everything inside before the exception is thrown.</param>
    /// <exception cref="SandboxFailedException">The sandbox could not be set up, or its command does not exist.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left running.</exception>
    public async Task<int> RunAsync(SandboxSpec spec, string logFile, CancellationToken cancel)
    {
        var process = new ProcessSpec { Command = CommandLine(spec, logFile), WorkingDirectory = _space.Directory };
        var outcome = await StartAsync(process, cancel);
        return ExitCode(outcome.Output) ?? throw new SandboxFailedException(Explain(spec, outcome, logFile));
    }

    public void Dispose()
    {
        _launcher.Dispose();
        _space.Dispose();
    }

    internal ImmutableArray<string> CommandLine(SandboxSpec spec, string logFile)
    {
        var skeleton = Path.Combine(_directory, spec.HostRoot ? "host-skeleton" : "skeleton");
        Skeleton.Make(skeleton, spec.HostRoot);
        var complete = WithHostParts(spec, skeleton);
        var plan = _space.Plan([Root(complete, skeleton), .. complete.Overlays.Where(o => o.Target != "/")]);
        return
        [
            "unshare", "--user", "--map-root-user", "--mount", "--", "/bin/sh", "-c", s_enter, "enter.sh", logFile,
            .. plan.Steps.SelectMany(s => new[] { s.Name, s.Options }), "--",
            .. Bubblewrap.CommandLine(complete, plan.Mounts),
        ];
    }

    private async Task<ProcessOutcome> StartAsync(ProcessSpec process, CancellationToken cancel)
    {
        try
        {
            return await _launcher.RunAsync(() => ProcessRunner.RunAsync(process, cancel));
        }
        catch (FileNotFoundException missing)
        {
            throw new SandboxFailedException(SandboxRules.ToolMissing(missing.FileName ?? "unshare", "util-linux"), missing);
        }
    }

    private SandboxSpec WithHostParts(SandboxSpec spec, string skeleton)
    {
        var mounts = spec.Mounts;
        if (spec.HostRoot)
        {
            mounts = [.. mounts, .. Skeleton.HostRootMounts(skeleton)];
            if (Directory.Exists("/usr/local")) mounts = mounts.Add(new(_space.PointsFor([]), "/usr/local", Writable: false));
        }
        if (spec.Network is Network.Host)
            mounts = [.. mounts, .. new[] { "/etc/hosts", "/etc/resolv.conf" }.Where(File.Exists).Select(f => new Mount(f, f, Writable: false))];
        return spec with { Mounts = mounts };
    }

    private Overlay Root(SandboxSpec spec, string skeleton)
    {
        var artifacts = spec.Overlays.FirstOrDefault(o => o.Target == "/")?.Lowers ?? [];
        var points = spec.Overlays.Select(o => o.Target).Concat(spec.Mounts.Where(m => Directory.Exists(m.Source)).Select(m => m.Target))
            .Where(t => t is not ("/" or "/usr/local") && !s_writable.Any(w => t.StartsWith(w, StringComparison.Ordinal)))
            .Where(t => !Directory.Exists(skeleton + t))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return new("/", points is [] ? [.. artifacts, skeleton] : [.. artifacts, _space.PointsFor(points), skeleton]);
    }

    /// <summary>Bubblewrap reports an exit code only when it got as far as starting the command.</summary>
    private static int? ExitCode(string status)
    {
        foreach (var line in status.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var report = JsonDocument.Parse(line);
            if (report.RootElement.TryGetProperty("exit-code", out var code)) return code.GetInt32();
        }
        return null;
    }

    private static Diagnostic Explain(SandboxSpec spec, ProcessOutcome outcome, string logFile)
    {
        var said = outcome.Error.Trim();
        if (said.Length == 0 && File.Exists(logFile))
            said = File.ReadLines(logFile).LastOrDefault(l => l.StartsWith("bwrap: ", StringComparison.Ordinal)) ?? "";
        return said.Contains("execvp", StringComparison.Ordinal)
            ? SandboxRules.CommandMissing(spec.Command[0])
            : SandboxRules.NotSetUp(said.Length > 0 ? said : $"exit code {outcome.ExitCode}");
    }

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(SandboxRunner).Assembly.GetManifestResourceStream("enter.sh")!);
        return reader.ReadToEnd();
    }
}
