namespace Strata.Graph.Building;

/// <summary>One word of a [depends] or [rdepends] flag: a task of whatever provides the name.</summary>
internal readonly record struct TaskReference(string Name, string Task);
