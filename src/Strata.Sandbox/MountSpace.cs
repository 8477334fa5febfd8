using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>
/// A mount namespace and its directory, shared by all sandboxes of a runner: overlays that several sandboxes want are mounted once.
/// The directory has short names for long paths: the options of a mount must fit into one page, fifty store paths do not.
/// </summary>
internal sealed class MountSpace : IAsyncDisposable
{
    /// <summary>The kernel takes 500.</summary>
    private const int MaxLowers = 400;

    /// <summary>Unused overlays are kept mounted up to this many of all: every sandbox copies them all, so more would cost more than they save.</summary>
    private const int MaxMounted = 12;

    private const string LockSuffix = ".lock";

    /// <summary>Younger leftovers may be of a process that is just about to lock them.</summary>
    private static readonly TimeSpan s_sweepAge = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly FileStream _lock;
    private readonly Lazy<SpaceHolder> _holder;
    private readonly Lazy<Task<SpaceEntrance>> _entrance;
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MountedOverlay> _mounted = new(StringComparer.Ordinal);
    private readonly Stack<string> _freePoints = [];
    private readonly Lazy<Task<bool>> _overlaysWork;
    private int _mountPoints;
    private long _uses;

    /// <param name="prefix">Words before every command, for tests that give up rights.</param>
    public MountSpace(string parent, ImmutableArray<string> prefix)
    {
        System.IO.Directory.CreateDirectory(parent);
        Sweep(parent);
        Directory = AtomicFile.ScratchName(Path.Combine(parent, "mounts"));
        _lock = new(Directory + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        System.IO.Directory.CreateDirectory(Directory);
        _holder = new(() => new(Directory, prefix));
        _entrance = new(async () => SpaceEntrance.Make(Directory, prefix, await _holder.Value.ReadyAsync()));
        _overlaysWork = new(TryOverlayAsync);
    }

    public string Directory { get; }

    /// <exception cref="SandboxFailedException">This host does not allow such namespaces, or lacks a tool.</exception>
    public Task<SpaceEntrance> EntranceAsync()
    {
        lock (_gate) return _entrance.Value;
    }

    /// <summary>Sees that each overlay stands somewhere: one directory stands for itself, several are mounted over each other.</summary>
    /// <exception cref="SandboxFailedException">The kernel refuses.</exception>
    public async Task<MountLease> MountAsync(IEnumerable<Overlay> overlays)
    {
        var used = new List<MountedOverlay>();
        var lease = new MountLease([.. overlays.Select(o => new Mount(Source(o.Lowers, used), o.Target, Writable: false))], () => Release(used));
        try
        {
            foreach (var overlay in used) await overlay.Mounted;
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>A directory that holds nothing but these directories, to mount something on each of them.</summary>
    public string PointsFor(IReadOnlyCollection<string> targets)
    {
        var key = string.Join('\n', targets);
        lock (_gate)
        {
            if (_points.TryGetValue(key, out var known)) return known;
            var directory = Path.Combine(Directory, $"points{_points.Count}");
            System.IO.Directory.CreateDirectory(directory);
            foreach (var target in targets) System.IO.Directory.CreateDirectory(directory + target);
            return _points[key] = directory;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_holder.IsValueCreated) await _holder.Value.DisposeAsync();
        FileTree.Delete(Directory);
        await _lock.DisposeAsync();
    }

    private string Source(ImmutableArray<string> lowers, List<MountedOverlay> used)
    {
        if (lowers is [var only]) return only;
        lock (_gate)
        {
            var overlay = Take([.. lowers.Select(LinkTo)]);
            used.Add(overlay);
            return Path.Combine(Directory, overlay.Name);
        }
    }

    private MountedOverlay Take(ImmutableArray<string> names)
    {
        var groups = ImmutableArray.CreateBuilder<MountedOverlay>();
        if (names.Length > MaxLowers) names = [.. names.Chunk(MaxLowers).Select(chunk => Group(chunk, groups))];
        var options = $"lowerdir={string.Join(':', names)}";
        if (_mounted.TryGetValue(options, out var known))
            foreach (var group in groups) group.Users--;             // counted when it was mounted
        else
        {
            MakeRoom();
            var name = FreePoint();
            known = _mounted[options] = new(name, options, groups.ToImmutable(), MountAsync(name, names, options, groups));
        }
        known.Users++;
        known.LastUse = ++_uses;
        return known;
    }

    private string Group(string[] names, ImmutableArray<MountedOverlay>.Builder groups)
    {
        if (names is [var only]) return only;
        groups.Add(Take([.. names]));
        return groups[^1].Name;
    }

    private async Task MountAsync(string name, ImmutableArray<string> lowers, string options, IEnumerable<MountedOverlay> below)
    {
        var mounted = _holder.Value.MountAsync(name, options);
        foreach (var overlay in below) await overlay.Mounted;
        try
        {
            await mounted;
        }
        catch (SandboxFailedException) when (lowers.All(l => System.IO.Directory.Exists(Path.Combine(Directory, l))))
        {
            // Either something is wrong with these directories, or this host mounts no overlays at all.
            if (await _overlaysWork.Value) throw;
            LinkedTree.Fill(Path.Combine(Directory, name), lowers.Select(l => Path.Combine(Directory, l)));
        }
    }

    private async Task<bool> TryOverlayAsync()
    {
        const string Above = "try-above", Below = "try-below", Point = "try";
        foreach (var name in new[] { Above, Below, Point }) System.IO.Directory.CreateDirectory(Path.Combine(Directory, name));
        try
        {
            await _holder.Value.MountAsync(Point, $"lowerdir={Above}:{Below}");
            _holder.Value.Unmount(Point);
            return true;
        }
        catch (SandboxFailedException)
        {
            return false;
        }
    }

    private void MakeRoom()
    {
        while (_mounted.Count >= MaxMounted && _mounted.Values.Where(m => m.Users == 0).MinBy(m => m.LastUse) is { } oldest) Unmount(oldest);
    }

    private void Release(List<MountedOverlay> used)
    {
        lock (_gate)
            foreach (var overlay in used)
                // One that could not be mounted is tried again by who wants it next.
                if (--overlay.Users == 0 && overlay.Mounted.IsFaulted) Forget(overlay);
    }

    private void Unmount(MountedOverlay overlay)
    {
        if (_overlaysWork is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: false } }) Empty(overlay.Name);
        else _holder.Value.Unmount(overlay.Name);
        Forget(overlay);
    }

    private void Empty(string point)
    {
        FileTree.Delete(Path.Combine(Directory, point));
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, point));
    }

    private void Forget(MountedOverlay overlay)
    {
        _ = _mounted.Remove(overlay.Options);
        _freePoints.Push(overlay.Name);
        foreach (var group in overlay.Below) group.Users--;
    }

    private string FreePoint()
    {
        if (_freePoints.TryPop(out var free)) return free;
        var name = string.Create(CultureInfo.InvariantCulture, $"o{_mountPoints++}");
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, name));
        return name;
    }

    private string LinkTo(string path)
    {
        if (_links.TryGetValue(path, out var known)) return known;
        var name = _links.Count.ToString(CultureInfo.InvariantCulture);
        File.CreateSymbolicLink(Path.Combine(Directory, name), path);
        return _links[path] = name;
    }

    /// <summary>Removes what killed processes left behind; those that live hold the lock beside their directory.</summary>
    private static void Sweep(string parent)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(parent, "mounts.*" + LockSuffix))
            try
            {
                if (Clock.Now - File.GetLastWriteTimeUtc(file) < s_sweepAge) continue;
                using var abandoned = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                FileTree.Delete(file[..^LockSuffix.Length]);
            }
            catch (IOException)
            {
                // It is in use, or another process sweeps here.
            }
    }
}
