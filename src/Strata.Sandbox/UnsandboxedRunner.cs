using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>
/// Runs commands without any isolation, for hosts that forbid namespaces. Nothing can be seen at a path where it does not lie, so the
/// inputs are linked below one directory, a command at a time: <c>ROOT/sysroot</c> is always that of the running one.
/// </summary>
/// <param name="root">Absolute path; metadata names its places below it.</param>
public sealed class UnsandboxedRunner(string root) : ISandbox
{
    /// <summary>What a sandbox has as its own root.</summary>
    private const string RootName = "root";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, string> _trees = new(StringComparer.Ordinal);
    private FileStream? _lock;

    private string Trees => Path.Combine(root, "trees");

    /// <summary>Where what only a sandbox could show at its place is linked instead: secrets.</summary>
    private string Elsewhere => Path.Combine(root, "elsewhere");

    /// <inheritdoc />
    public async Task<SandboxOutcome> RunAsync(SandboxSpec spec, string logFile, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _lock ??= Lock();
            return await RunAloneAsync(spec, logFile, cancel);
        }
        finally
        {
            FileTree.Delete(Elsewhere);
            _ = _turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        if (_lock is null) return default;
        FileTree.Delete(Trees);
        return _lock.DisposeAsync();
    }

    private async Task<SandboxOutcome> RunAloneAsync(SandboxSpec spec, string logFile, CancellationToken cancel)
    {
        foreach (var overlay in spec.Overlays) Link(overlay.Target == "/" ? Path.Combine(root, RootName) : overlay.Target, TreeOf(overlay.Lowers));
        foreach (var mount in spec.Mounts.Where(m => m.Source != m.Target)) Link(IsBelowRoot(mount.Target) ? mount.Target : Elsewhere + mount.Target, mount.Source);
        var process = new PlainProcess(
        [
            "setpriv", "--pdeathsig", "KILL", "--", "env", $"--chdir={spec.WorkingDirectory}",
            .. Environment(spec).Select(v => $"{v.Key}={v.Value}"), .. spec.Command,
        ], spec.Started);
        await using var kill = cancel.Register(process.Kill);
        ChildProcess.AdoptOrphans();
        try
        {
            var outcome = await process.RunAsync(spec.OnTerminal ? null : logFile);
            cancel.ThrowIfCancellationRequested();
            return outcome;
        }
        catch (FileNotFoundException missing)
        {
            throw new SandboxFailedException(SandboxRules.ToolMissing(missing.FileName ?? "setpriv", "util-linux"), missing);
        }
    }

    private FileStream Lock()
    {
        Directory.CreateDirectory(root);
        try
        {
            var held = new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            FileTree.Delete(Trees);          // of a build that was killed
            return held;
        }
        catch (IOException e) when (File.Exists(Path.Combine(root, "lock")))
        {
            throw new SandboxFailedException(SandboxRules.UnsandboxedInUse(root), e);
        }
    }

    /// <summary>What is not at its place is named where it is.</summary>
    private ImmutableSortedDictionary<string, string> Environment(SandboxSpec spec)
    {
        var elsewhere = spec.Mounts.Select(m => m.Target).Where(t => !IsBelowRoot(t)).ToImmutableArray();
        return spec.Environment.ToImmutableSortedDictionary(
            v => v.Key,
            v => elsewhere.Any(t => t == v.Value || t.StartsWith(v.Value + "/", StringComparison.Ordinal)) ? Elsewhere + v.Value : v.Value, StringComparer.Ordinal);
    }

    private bool IsBelowRoot(string path) => path.StartsWith(root + "/", StringComparison.Ordinal);

    private void Link(string name, string target)
    {
        if (!IsBelowRoot(name)) throw new SandboxFailedException(SandboxRules.FixedPath(name, root));
        Directory.CreateDirectory(Path.GetDirectoryName(name)!);
        var link = new FileInfo(name);
        if (link.LinkTarget == target) return;
        FileTree.Delete(name);
        File.CreateSymbolicLink(name, target);
    }

    private string TreeOf(ImmutableArray<string> lowers)
    {
        if (lowers is [var only]) return only;
        var key = string.Join('\n', lowers);
        if (_trees.TryGetValue(key, out var known)) return known;
        var tree = Path.Combine(Trees, _trees.Count.ToString(CultureInfo.InvariantCulture));
        LinkedTree.Fill(tree, lowers);
        return _trees[key] = tree;
    }
}
