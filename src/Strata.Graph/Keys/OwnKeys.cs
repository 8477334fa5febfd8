using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>
/// The own part of the keys of one recipe's tasks: everything but their dependencies. Keeps nothing but where to ask again, since
/// most keys are never explained and most tasks never run.
/// </summary>
internal sealed class OwnKeys(Recipe recipe, KeySettings settings, LocalFiles files, HostPaths hostPaths)
{
    private static readonly Digest s_schema = Digest.Of("strata/own/2");

    private readonly Lock _gate = new();
    private readonly List<KeyField> _fields = [];
    private readonly List<Digest> _digests = [];
    private VariableAnalysis? _analysis;
    private ImmutableArray<string> _taskOverrides;
    private (string Task, Func<string, bool> IsReadable, Datastore Variables)? _latestRead;

    /// <summary>Keeps what the tasks of the recipe share until <see cref="End"/>.</summary>
    public void Begin() => _analysis = settings.Rent(recipe.Variables);

    public void End()
    {
        if (_analysis is not null) settings.Return(_analysis);
        _analysis = null;
        _fields.Clear();
        _digests.Clear();
        _fields.Capacity = _digests.Capacity = 0;
    }

    /// <param name="task">Of this recipe.</param>
    /// <param name="localFiles">Absolute paths of the files of the metadata that the task uses; sorted.</param>
    /// <exception cref="ExpansionException">A value that the task needs cannot be expanded.</exception>
    public Digest Of(KeyedTask task, out ImmutableArray<string> localFiles)
    {
        localFiles = Collect(task).LocalFiles;
        _digests.Clear();
        foreach (var field in _fields) _digests.Add(field.Digest);
        return KeyDigest.OfSet(s_schema, CollectionsMarshal.AsSpan(_digests));
    }

    /// <summary>The fields by name, worked out again.</summary>
    public ImmutableSortedDictionary<string, string> Fields(KeyedTask task) => Again(() =>
    {
        _ = Collect(task);
        return _fields.ToImmutableSortedDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
    });

    /// <exception cref="InvalidOperationException">The name is not part of the task's key, so a change of it would go unnoticed.</exception>
    public string? Read(KeyedTask task, string name)
    {
        lock (_gate)
        {
            if (_latestRead?.Task != task.Name)
            {
                var (_, isReadable, variables) = Again(() => Collect(task));
                _latestRead = (task.Name, isReadable, variables);
            }
            if (!_latestRead.Value.IsReadable(name))
                throw new InvalidOperationException($"{recipe.Name}:{task.Name} reads {name}, which is not part of its key; add it to the task's [vardeps]");
            return ValueOf(_latestRead.Value.Variables, name);
        }
    }

    private T Again<T>(Func<T> answer)
    {
        lock (_gate)
        {
            Begin();
            try { return answer(); }
            finally { End(); }
        }
    }

    private (ImmutableArray<string> LocalFiles, Func<string, bool> IsReadable, Datastore Variables) Collect(KeyedTask task)
    {
        _fields.Clear();
        _fields.Add(new("task", $"{recipe.Name}:{task.Name}"));
        if (task.Kind == TaskKind.Empty) return ([], static _ => false, recipe.Variables);

        if (_taskOverrides.IsDefault) _taskOverrides = recipe.Variables.MentionedOverrides(TaskVariables.OverridePrefix);
        // A task for which the metadata has values of its own sees variables that the recipe's other tasks do not.
        if (_taskOverrides.IsEmpty || !_taskOverrides.Contains(TaskVariables.OverrideOf(task.Name))) return Collect(task, _analysis!);
        var own = settings.Rent(TaskVariables.Of(recipe, task.Name));
        try { return Collect(task, own); }
        finally { settings.Return(own); }
    }

    private (ImmutableArray<string> LocalFiles, Func<string, bool> IsReadable, Datastore Variables) Collect(KeyedTask task, VariableAnalysis analysis)
    {
        var values = new BuiltinValues(settings, hostPaths, analysis.Variables, _fields);
        if (task.Builtin is null) AddScript(analysis, task.Name);
        else values.Add(task.Name, task.Builtin);
        var local = LocalFilesOf(analysis.Variables, task.Name, task.Builtin is not null && values.IsReadable("SRC_URI"));
        if (local.IsEmpty) return ([], values.IsReadable, analysis.Variables);
        foreach (var sameName in local.GroupBy(f => f.Name, StringComparer.Ordinal))
            _fields.Add(new($"file:{sameName.Key}", string.Join('\n', sameName.Select(f => f.Content))));
        return ([.. local.Select(f => f.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], values.IsReadable, analysis.Variables);
    }

    private void AddScript(VariableAnalysis analysis, string task)
    {
        _fields.Add(new("script", hostPaths.Hide(analysis.Of(task).Text ?? "")));
        foreach (var variable in analysis.Closure(task))
            if (variable.Text is not null && variable.Name != task) _fields.Add(variable.Field(hostPaths));
    }

    private ImmutableArray<LocalFile> LocalFilesOf(Datastore variables, string task, bool usesSources)
    {
        var words = variables.GetFlag(task, "file-checksums");
        return [.. usesSources ? files.OfSourceUri(recipe, variables) : [], .. words is { Length: > 0 } ? files.OfFlag(recipe, words) : []];
    }

    private static string? ValueOf(Datastore variables, string name) =>
        name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
            ? variables.GetFlag(name[..bracket], name[(bracket + 1)..^1])
            : variables.Get(name);
}
