namespace Strata.Graph;

/// <summary>A task by its place in <see cref="TaskGraph.Tasks"/>.</summary>
public readonly record struct TaskId(int Index);
