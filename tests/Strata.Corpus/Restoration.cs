using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>
/// BitBake's setscene tasks: <c>do_x_setscene</c> stands for <c>do_x</c> and all that only it needs, if the metadata's function
/// BB_HASHCHECK_FUNCTION says that the task's hash is available. Strata restores artifacts instead; this only shows that its graph and
/// its interpreter give the same answers.
/// </summary>
internal sealed class Restoration
{
    private const string Suffix = "_setscene";

    private readonly TaskGraph _graph;
    private readonly ImmutableDictionary<TaskId, TaskNode> _available;
    private readonly HashSet<TaskId> _restored = [];
    private readonly HashSet<TaskId> _refused;

    public Restoration(LoadedMetadata metadata, TaskGraph graph, Func<TaskNode, string> keyOf)
    {
        _graph = graph;
        var restorable = graph.Tasks.Where(t => metadata.RecipeOf(t).Tasks.Any(other => other.Name == t.TaskName + Suffix)).ToList();
        var valid = Valid(metadata.Configuration, restorable.ConvertAll(t => (Id(t), keyOf(t))));
        _available = restorable.Where(t => valid.Contains(Id(t))).ToImmutableDictionary(t => t.Id, t => Sibling(metadata, t));
        _refused = [.. restorable.Select(t => t.Id).Where(id => !_available.ContainsKey(id))];
    }

    /// <summary>The tasks to run before all others, in order: what each restores, and itself.</summary>
    public IEnumerable<(TaskNode Restored, TaskNode Setscene)> Tasks => _available.OrderBy(a => a.Key.Index).Select(a => (_graph[a.Key], a.Value));

    public void Note(TaskNode task, bool succeeded) => _ = (succeeded ? _restored : _refused).Add(task.Id);

    /// <summary>The tasks that need not run: restored, or needed by restored tasks only. What could not be restored is made in full.</summary>
    public HashSet<TaskId> Covered()
    {
        if (_restored.Count == 0) return [];
        var needed = new HashSet<TaskId>();
        var open = new Stack<TaskId>(_graph.Targets.Concat(_refused));
        while (open.TryPop(out var id))
            if (!_restored.Contains(id) && needed.Add(id))
                foreach (var dependency in _graph[id].Dependencies) open.Push(dependency);
        return [.. _graph.Tasks.Select(t => t.Id).Where(id => !needed.Contains(id))];
    }

    private static string Id(TaskNode task) => $"{task.ConfigurationPrefix}{task.RecipeFile}:{task.TaskName}";

    private static string[] Valid(Datastore configuration, List<(string Id, string Key)> tasks)
    {
        if (tasks.Count == 0 || configuration.Get("BB_HASHCHECK_FUNCTION") is not { Length: > 0 } function) return [];
        var hashes = string.Join(", ", tasks.Select(t => $"('{t.Id}', '{t.Key}')"));
        return configuration.Expand($"${{@' '.join({function}(dict(hash=dict([{hashes}])), d))}}").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static TaskNode Sibling(LoadedMetadata metadata, TaskNode task)
    {
        var name = $"{task.ConfigurationPrefix}{task.RecipeName}:{task.TaskName}{Suffix}";
        var graph = GraphBuilder.Build(metadata, [name], new Diagnostics(), CancellationToken.None) ?? throw new InvalidDataException($"{name} cannot be built");
        return graph[graph.Targets[0]];
    }
}
