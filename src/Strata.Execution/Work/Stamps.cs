using Strata.Core;

namespace Strata.Execution;

/// <summary>The stamps of one work directory, kept beside it; read once, while the directory is locked.</summary>
internal sealed class Stamps
{
    private readonly string _directory;
    private readonly Boots _boots;
    private readonly Dictionary<string, Stamp> _stamps = new(StringComparer.Ordinal);

    /// <param name="directory">Where the stamps are.</param>
    /// <param name="workDirectory">Without it the stamps say nothing: somebody has deleted what they tell about.</param>
    /// <param name="boots">What a machine that went down may have lost does not count as done.</param>
    public Stamps(string directory, string workDirectory, Boots boots)
    {
        _directory = directory;
        _boots = boots;
        if (!Directory.Exists(directory) || !Directory.Exists(workDirectory)) return;
        foreach (var file in Directory.EnumerateFiles(directory))
        {
            var stamp = Stamp.Parse(File.ReadAllText(file));
            _stamps[Path.GetFileName(file)] = stamp with { IsDone = stamp.IsDone && boots.HasReachedDisk(stamp.Written) };
        }
    }

    /// <summary>Of all tasks that have one.</summary>
    public IEnumerable<string> Names => _stamps.Keys;

    public Stamp? Find(string taskName) => _stamps.GetValueOrDefault(taskName);

    /// <summary>From now on the task may have changed anything; what came after it is forgotten, also of tasks that this build does not know.</summary>
    public void Start(string taskName, Stamp stamp)
    {
        foreach (var later in After(taskName))
        {
            File.Delete(Path.Combine(_directory, later));
            _ = _stamps.Remove(later);
        }
        Write(taskName, stamp with { IsDone = false });
    }

    public void Finish(string taskName) => Write(taskName, _stamps[taskName] with { IsDone = true, Written = Boots.Now });

    private List<string> After(string taskName)
    {
        var found = new List<string>();
        var open = new Queue<string>([taskName]);
        while (open.TryDequeue(out var next))
            foreach (var (name, stamp) in _stamps)
                if (name != taskName && stamp.After.Contains(next) && !found.Contains(name))
                {
                    found.Add(name);
                    open.Enqueue(name);
                }
        return found;
    }

    private void Write(string taskName, Stamp stamp)
    {
        Directory.CreateDirectory(_directory);
        _boots.Sign();
        File.WriteAllText(Path.Combine(_directory, taskName), stamp.ToString());
        _stamps[taskName] = stamp;
    }
}
