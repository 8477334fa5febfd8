namespace Strata.Graph.Keys;

/// <summary>What has to be known of a task to make its key.</summary>
internal readonly record struct KeyedTask(string Name, TaskKind Kind, string? Builtin);
