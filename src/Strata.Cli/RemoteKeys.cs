using Strata.Cache;
using Strata.Core;
using Strata.Graph;
using Strata.Graph.Why;

namespace Strata.Cli;

/// <summary>The keys of a graph beside those of artifacts that remotes have.</summary>
internal sealed class RemoteKeys(TaskGraph graph, RemoteCache remotes)
{
    private readonly Dictionary<string, TaskKey> _known = new(StringComparer.Ordinal);

    /// <summary>The key that the task had when somebody last sent what it, or a later task of its recipe, made.</summary>
    public async Task<TaskKey?> FindAsync(TaskNode task, CancellationToken cancel)
    {
        foreach (var made in ArtifactsOf(task)) await LoadAsync(made.Name, null, cancel);
        return _known.GetValueOrDefault(task.Name);
    }

    /// <summary>Compares with the latest artifacts of the task's recipe, and below them with those that they were made from.</summary>
    public async Task<WhyReport> ExplainAsync(TaskNode task, CancellationToken cancel)
    {
        var open = new Queue<(string Task, Digest? Key)>(ArtifactsOf(task).Select(t => (t.Name, (Digest?)null)));
        while (open.TryDequeue(out var wanted))
            if (await LoadAsync(wanted.Task, wanted.Key, cancel) is { } bundle)
                foreach (var below in ChangedBelow(bundle)) open.Enqueue(below);
        // What gathers others is in no bundle: it has changed if one of those has.
        var gathers = task.Kind is TaskKind.Empty && !_known.ContainsKey(task.Name) && _known.Count > 0;
        var gathered = _known.All(k => graph.Find(k.Key)?.DeepKey.Equals(k.Value) is true) ? task.DeepKey.ToString() : "";
        return WhyExplainer.Explain(task.Name, _known.GetValueOrDefault, name => graph.Find(name)?.DeepKey, name => gathers && name == task.Name ? gathered : null);
    }

    private IEnumerable<TaskNode> ArtifactsOf(TaskNode task) =>
        task.Kind is TaskKind.Cached ? [task] : graph.Tasks.Where(t => t.Kind is TaskKind.Cached && t.RecipeName == task.RecipeName && t.Configuration == task.Configuration);

    private async Task<KeyBundle?> LoadAsync(string task, Digest? key, CancellationToken cancel)
    {
        if (_known.ContainsKey(task) || await remotes.FindKeysAsync(task, key, cancel) is not { } bundle) return null;
        foreach (var (name, known) in bundle.Keys) _ = _known.TryAdd(name, known);
        return bundle;
    }

    /// <summary>The tasks of other bundles that the bundle's keys name with another digest than they have here.</summary>
    private IEnumerable<(string Task, Digest? Key)> ChangedBelow(KeyBundle bundle) =>
        from key in bundle.Keys.Values
        from field in key.Fields
        where field.Key.StartsWith("dep:", StringComparison.Ordinal)
        let name = field.Key["dep:".Length..]
        where !_known.ContainsKey(name) && Digest.TryParse(field.Value, out _) && graph.Find(name) is { } now && now.DeepKey.ToString() != field.Value
        select (name, (Digest?)Digest.Parse(field.Value));
}
