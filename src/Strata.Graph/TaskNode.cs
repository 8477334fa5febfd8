using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Graph;

/// <summary>One task of one recipe, with all that is needed to decide whether it must run, and to run it.</summary>
public sealed class TaskNode
{
    private TaskCommand? _command;

    public required TaskId Id { get; init; }

    /// <summary><c>zlib:do_compile</c>; unique in its graph.</summary>
    public string Name => $"{RecipeName}:{TaskName}";

    public required string RecipeName { get; init; }

    /// <summary>Absolute path of the recipe's file.</summary>
    public string RecipeFile { get; init; } = "";

    public required string TaskName { get; init; }

    public required TaskKind Kind { get; init; }

    /// <summary>The C# task that does the work, or null for a shell task.</summary>
    public string? Builtin { get; init; }

    /// <summary>Own chain first, then in the order in which the recipe names its dependencies.</summary>
    public ImmutableArray<TaskId> Dependencies { get; init; } = [];

    /// <summary>
    /// The cached tasks whose artifacts the task sees, topmost first: those among its dependencies (through empty tasks and through earlier work
    /// tasks of its recipe), in the order of DEPENDS; then, for each with a mount, what that task itself saw at the same mount.
    /// </summary>
    public ImmutableArray<TaskId> Inputs { get; init; } = [];

    /// <summary>Where dependants see the artifact in their sandbox; null if they do not.</summary>
    public string? Mount { get; init; }

    /// <summary>The directory that becomes the artifact: a path in the sandbox. Null for tasks that are not cached.</summary>
    public string? ArtifactDirectory { get; init; }

    /// <summary>Where below the deploy directory the artifact is copied to, or null.</summary>
    public string? Deploy { get; init; }

    /// <summary>The own fields only; <see cref="DeepKey"/> and <see cref="ShallowKeys"/> add the dependencies to them.</summary>
    public required TaskKey OwnKey { get; init; }

    /// <summary>Known before anything runs: dependencies count with their deep keys.</summary>
    public required TaskKey DeepKey { get; init; }

    /// <summary>WORKDIR, a path in the sandbox.</summary>
    public string WorkDirectory { get; init; } = "";

    /// <summary>WORK_PLACE: where the work directory lies on the build machine, relative to the directory for work.</summary>
    public string WorkPlace { get; init; } = "";

    /// <summary>Where the metadata defines the task.</summary>
    public SourceSpan Place => PlaceSource();

    /// <summary>Absolute paths of the files of the metadata that are part of the key; sorted.</summary>
    public ImmutableArray<string> LocalFiles { get; init; } = [];

    public required Func<TaskCommand> CommandSource { private get; init; }

    public Func<string, string?> VariableSource { private get; init; } = static name => throw new InvalidOperationException($"no variables, not even {name}");

    public Func<SourceSpan> PlaceSource { private get; init; } = static () => default;

    /// <summary>What to run. Made when first asked for, since most tasks of most builds never run.</summary>
    /// <exception cref="Metadata.ExpansionException">A value that only the command needs cannot be expanded.</exception>
    public TaskCommand Command() => _command ??= CommandSource();

    /// <summary>The final value of a variable, or of a flag written <c>NAME[flag]</c>; null if it has none.</summary>
    /// <exception cref="InvalidOperationException">The name is not part of the task's key, so a change of it would go unnoticed.</exception>
    public string? Variable(string name) => VariableSource(name);

    public override string ToString() => Name;
}
