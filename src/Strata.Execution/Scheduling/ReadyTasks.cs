using Strata.Graph;

namespace Strata.Execution;

/// <summary>Tasks that could start now: those that compute and those that use the network wait for different things.</summary>
internal sealed class ReadyTasks(TaskGraph graph, Lazy<double[]> criticalPath)
{
    private readonly PriorityQueue<TaskWork, (double Path, string Name)> _computing = new(s_longestFirst);
    private readonly PriorityQueue<TaskWork, (double Path, string Name)> _networking = new(s_longestFirst);

    private static readonly Comparer<(double Path, string Name)> s_longestFirst = Comparer<(double Path, string Name)>.Create(
        (a, b) => b.Path.CompareTo(a.Path) is not 0 and var order ? order : string.CompareOrdinal(a.Name, b.Name));

    public int Computing => _computing.Count;

    public int Networking => _networking.Count;

    public void Add(TaskId task, TaskWork work) =>
        (work.Command.Network ? _networking : _computing).Enqueue(work, (criticalPath.Value[task.Index], graph[task].Name));

    public TaskWork TakeComputing() => _computing.Dequeue();

    public TaskWork TakeNetworking() => _networking.Dequeue();
}
