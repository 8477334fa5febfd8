namespace Strata.Execution;

/// <summary>The stamps of one work directory, kept beside it; read once, while the directory is locked.</summary>
internal sealed class Stamps
{
    private readonly string _directory;
    private readonly Dictionary<string, Stamp> _stamps = new(StringComparer.Ordinal);

    /// <param name="directory">Where the stamps are.</param>
    /// <param name="workDirectory">Without it the stamps say nothing: somebody has deleted what they tell about.</param>
    public Stamps(string directory, string workDirectory)
    {
        _directory = directory;
        if (!Directory.Exists(directory) || !Directory.Exists(workDirectory)) return;
        foreach (var file in Directory.EnumerateFiles(directory)) _stamps[Path.GetFileName(file)] = Stamp.Parse(File.ReadAllText(file));
    }

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

    public void Finish(string taskName) => Write(taskName, _stamps[taskName] with { IsDone = true });

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
        File.WriteAllText(Path.Combine(_directory, taskName), stamp.ToString());
        _stamps[taskName] = stamp;
    }
}
