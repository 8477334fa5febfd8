using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Keys;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>What a task is, from its flags.</summary>
internal sealed record TaskFacts
{
    public required TaskKind Kind { get; init; }

    public string? Builtin { get; init; }

    public string? Artifact { get; init; }

    public string? Mount { get; init; }

    public string? Deploy { get; init; }

    public required Digest OwnKey { get; init; }

    public required ImmutableArray<string> LocalFiles { get; init; }

    /// <exception cref="ExpansionException">A flag, or a value that the task's key needs, cannot be expanded.</exception>
    public static TaskFacts Of(Recipe recipe, string task, OwnKeys keys, Diagnostics diagnostics)
    {
        var variables = recipe.Variables;
        var entry = variables.Entry(task);
        var builtin = Flag("builtin");
        var hasBody = builtin is not null || (entry.Flag("func") is not null && entry.Text is not null);
        var artifact = Flag("artifact");
        var isEmpty = !hasBody || (entry.Flag("noexec") is not null && Flags.IsOn(variables, task, "noexec"));
        var kind = isEmpty ? TaskKind.Empty : artifact is null ? TaskKind.Work : TaskKind.Cached;
        var mount = Flag("mount");
        if (mount is not null && artifact is null) diagnostics.Add(GraphRules.MountWithoutArtifact(Places.Of(recipe, task, "mount"), $"{recipe.Name}:{task}"));
        if (mount?.StartsWith('/') == false) diagnostics.Add(GraphRules.RelativeMount(Places.Of(recipe, task, "mount"), $"{recipe.Name}:{task}", mount));
        if (isEmpty) builtin = null;
        return new()
        {
            Kind = kind,
            Builtin = builtin,
            Artifact = kind == TaskKind.Cached ? artifact : null,
            Mount = kind == TaskKind.Cached ? mount : null,
            Deploy = kind == TaskKind.Cached ? Flag("deploy") : null,
            OwnKey = keys.Of(new(task, kind, builtin), out var files),
            LocalFiles = files,
        };

        string? Flag(string name) => entry.Flag(name) is not null && variables.GetFlag(task, name)?.Trim() is { Length: > 0 } text ? text : null;
    }
}
