using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Building;
using Strata.Graph.Keys;

namespace Strata.Graph;

/// <summary>One task of one recipe, with all that is needed to decide whether it must run, and to run it.</summary>
public sealed class TaskNode
{
    private readonly TaskFacts _facts;
    private readonly TaskSource _source;
    private TaskCommand? _command;

    internal TaskNode(TaskId id, string taskName, TaskFacts facts, TaskSource source, Digest deepKey)
    {
        (Id, TaskName, _facts, _source, DeepDigest) = (id, taskName, facts, source, deepKey);
        Name = $"{source.NamePrefix}{taskName}";
    }

    public TaskId Id { get; }

    /// <summary><c>zlib:do_compile</c>, in a configuration of BBMULTICONFIG <c>mc:NAME:zlib:do_compile</c>; unique in its graph.</summary>
    public string Name { get; }

    public string RecipeName => _source.Recipe.Name;

    /// <summary>The name of the multiconfig, or empty for the plain configuration.</summary>
    public string Configuration => _source.Configuration;

    /// <summary>Absolute path of the recipe's file.</summary>
    public string RecipeFile => _source.Recipe.File;

    public string TaskName { get; }

    public TaskKind Kind => _facts.Kind;

    /// <summary>The C# task that does the work, or null for a shell task.</summary>
    public string? Builtin => _facts.Builtin;

    /// <summary>Own chain first, then in the order in which the recipe names its dependencies.</summary>
    public required ImmutableArray<TaskId> Dependencies { get; init; }

    /// <summary>
    /// The cached tasks whose artifacts the task sees because of its own dependencies: those among them (through empty tasks and through
    /// earlier work tasks of its recipe), its own recipe's first, then in the order of DEPENDS. <see cref="TaskGraph.InputsOf"/> has all.
    /// </summary>
    public required ImmutableArray<TaskId> DirectInputs { get; init; }

    /// <summary>
    /// Everything the task sees, topmost first: <see cref="DirectInputs"/>, then, for each with a mount, what that task itself saw at the same
    /// mount. Worked out at each question.
    /// </summary>
    public ImmutableArray<TaskId> Inputs => _source.Graph.InputsOf(Id);

    /// <summary>Where dependants see the artifact in their sandbox; null if they do not.</summary>
    public string? Mount => _facts.Mount;

    /// <summary>The directory that becomes the artifact: a path in the sandbox. Null for tasks that are not cached.</summary>
    public string? ArtifactDirectory => _facts.Artifact;

    /// <summary>Where below the deploy directory the artifact is copied to, or null.</summary>
    public string? Deploy => _facts.Deploy;

    /// <summary>Known before anything runs: dependencies count with their deep keys.</summary>
    public TaskKey DeepKey => field ??= new(DeepDigest, () => WithFields(DependencyFields()));

    /// <summary>WORKDIR, a path in the sandbox.</summary>
    public string WorkDirectory => _source.WorkDirectory;

    /// <summary>WORK_PLACE: where the work directory lies on the build machine, relative to the directory for work.</summary>
    public string WorkPlace => _source.WorkPlace;

    /// <summary>Where the metadata defines the task.</summary>
    public SourceSpan Place => Places.OfTask(_source.Recipe, TaskName);

    /// <summary>Absolute paths of the files of the metadata that are part of the key; sorted.</summary>
    public ImmutableArray<string> LocalFiles => _facts.LocalFiles;

    /// <summary>The digest of the own fields only; <see cref="DeepKey"/> and <see cref="ShallowKeys"/> add the dependencies to them.</summary>
    public Digest OwnDigest => _facts.OwnKey;

    internal Digest DeepDigest { get; }

    /// <summary>What to run. Made when first asked for, since most tasks of most builds never run.</summary>
    /// <exception cref="Metadata.ExpansionException">A value that only the command needs cannot be expanded.</exception>
    public TaskCommand Command() => _command ??= _source.Command(TaskName, Builtin);

    /// <summary>
    /// The deep keys that tell how this task's key came about: its own and those of its recipe's tasks below it. The keys of artifacts below
    /// are told by those who made them.
    /// </summary>
    public ImmutableSortedDictionary<string, TaskKey> ExplainingKeys()
    {
        var keys = ImmutableSortedDictionary.CreateBuilder<string, TaskKey>(StringComparer.Ordinal);
        var open = new Stack<TaskNode>([this]);
        while (open.TryPop(out var task))
        {
            if (!keys.TryAdd(task.Name, task.DeepKey)) continue;
            foreach (var below in task.Dependencies.Select(d => _source.Graph[d]))
                if (below.Kind is not TaskKind.Cached && below._source == _source) open.Push(below);
        }
        return keys.ToImmutable();
    }

    /// <summary>The final value of a variable, or of a flag written <c>NAME[flag]</c>; null if it has none.</summary>
    /// <exception cref="InvalidOperationException">The name is not part of the task's key, so a change of it would go unnoticed.</exception>
    public string? Variable(string name) => _source.Keys.Read(Keyed, name);

    public override string ToString() => Name;

    /// <summary>The own fields and these.</summary>
    internal ImmutableSortedDictionary<string, string> WithFields(IEnumerable<KeyValuePair<string, string>> added) => _source.Keys.Fields(Keyed).AddRange(added);

    /// <summary>The same task in another graph.</summary>
    internal TaskNode Renumbered(TaskId id, ImmutableArray<TaskId> dependencies, ImmutableArray<TaskId> directInputs) =>
        new(id, TaskName, _facts, _source, DeepDigest) { Dependencies = dependencies, DirectInputs = directInputs };

    internal void BelongsTo(TaskGraph graph) => _source.Graph = graph;

    private KeyedTask Keyed => new(TaskName, Kind, Builtin);

    private IEnumerable<KeyValuePair<string, string>> DependencyFields() =>
        Dependencies.Select(d => _source.Graph[d]).Select(d => KeyValuePair.Create($"dep:{d.Name}", d.DeepDigest.ToString()));
}
