using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Sandbox;

/// <summary>
/// A directory of short names for long paths: the options of a mount must fit into one page, fifty store paths do not.
/// Names and mount points live as long as the runner and are shared by its sandboxes, each of which mounts in a namespace of its own.
/// </summary>
internal sealed class MountSpace : IDisposable
{
    /// <summary>The kernel takes 500.</summary>
    private const int MaxLowers = 400;

    private const string LockSuffix = ".lock";

    /// <summary>Younger leftovers may be of a process that is just about to lock them.</summary>
    private static readonly TimeSpan s_sweepAge = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly FileStream _lock;
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _points = new(StringComparer.Ordinal);
    private int _mountPoints;

    public MountSpace(string parent)
    {
        System.IO.Directory.CreateDirectory(parent);
        Sweep(parent);
        Directory = AtomicFile.ScratchName(Path.Combine(parent, "mounts"));
        _lock = new(Directory + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        System.IO.Directory.CreateDirectory(Directory);
    }

    public string Directory { get; }

    /// <summary>Decides where each overlay comes from: one directory stands for itself, several are mounted over each other.</summary>
    public MountPlan Plan(IEnumerable<Overlay> overlays)
    {
        var steps = new List<MountStep>();
        var mounts = overlays.Select(o => new Mount(Source(o.Lowers, steps), o.Target, Writable: false)).ToImmutableArray();
        return new([.. steps], mounts);
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

    public void Dispose()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        _lock.Dispose();
    }

    private string Source(ImmutableArray<string> lowers, List<MountStep> steps) =>
        lowers is [var only] ? only : Path.Combine(Directory, Stack([.. lowers.Select(LinkTo)], steps));

    private string Stack(string[] names, List<MountStep> steps)
    {
        if (names is [var only]) return only;
        if (names.Length > MaxLowers) names = [.. names.Chunk(MaxLowers).Select(chunk => Stack(chunk, steps))];
        var step = new MountStep(MountPoint(steps.Count), $"lowerdir={string.Join(':', names)}");
        steps.Add(step);
        return step.Name;
    }

    private string LinkTo(string path)
    {
        lock (_gate)
        {
            if (_links.TryGetValue(path, out var known)) return known;
            var name = _links.Count.ToString(CultureInfo.InvariantCulture);
            File.CreateSymbolicLink(Path.Combine(Directory, name), path);
            return _links[path] = name;
        }
    }

    private string MountPoint(int index)
    {
        lock (_gate)
        {
            for (; _mountPoints <= index; _mountPoints++)
                System.IO.Directory.CreateDirectory(Path.Combine(Directory, $"o{_mountPoints}"));
            return $"o{index}";
        }
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
