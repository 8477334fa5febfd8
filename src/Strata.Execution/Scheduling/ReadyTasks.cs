namespace Strata.Execution;

/// <summary>Tasks that could start now: those that compute and those that use the network wait for different things.</summary>
internal sealed class ReadyTasks(Lazy<double[]> criticalPath, ResourcePool pool)
{
    private static readonly Comparer<(double Path, string Name)> s_longestFirst = Comparer<(double Path, string Name)>.Create(
        (a, b) => b.Path.CompareTo(a.Path) is not 0 and var order ? order : string.CompareOrdinal(a.Name, b.Name));

    private readonly PriorityQueue<TaskWork, (double Path, string Name)> _computing = new(s_longestFirst);
    private readonly PriorityQueue<TaskWork, (double Path, string Name)> _networking = new(s_longestFirst);
    private readonly List<TaskWork> _short = [];

    public int Computing => _computing.Count;

    public int Networking => _networking.Count;

    public void Add(TaskWork work)
    {
        var task = work.Directory.Task;
        (work.Command.Network ? _networking : _computing).Enqueue(work, (criticalPath.Value[task.Id.Index], task.Name));
    }

    /// <summary>Takes the first of those whose locks and memory are free, and these with it. Null when there is none.</summary>
    public TaskWork? TakeComputing() => Take(_computing);

    public TaskWork? TakeNetworking() => Take(_networking);

    /// <summary>Gives back what a task had taken, and lets those come again that had to wait for such things.</summary>
    public void GiveBack(TaskNeeds needs)
    {
        pool.GiveBack(needs);
        foreach (var work in _short) Add(work);
        _short.Clear();
    }

    private TaskWork? Take(PriorityQueue<TaskWork, (double Path, string Name)> queue)
    {
        while (queue.TryDequeue(out var work, out _))
        {
            if (pool.TryTake(work.Needs)) return work;
            _short.Add(work);
        }
        return null;
    }
}
