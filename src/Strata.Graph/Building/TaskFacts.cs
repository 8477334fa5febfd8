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

    /// <summary>Set once the keys of the recipe are made.</summary>
    public required OwnKey Own { get; init; }

    /// <exception cref="ExpansionException">A flag, or a value that the task's key needs, cannot be expanded.</exception>
    public static TaskFacts Of(Recipe recipe, string task, OwnKeys keys, Diagnostics diagnostics)
    {
        var variables = recipe.Variables;
        var flags = variables.FlagNames(task);
        var builtin = Flag("builtin");
        var hasBody = builtin is not null || (flags.Contains("func") && variables.GetUnexpanded(task) is not null);
        var artifact = Flag("artifact");
        var isEmpty = !hasBody || (flags.Contains("noexec") && Flags.IsOn(variables, task, "noexec"));
        var kind = isEmpty ? TaskKind.Empty : artifact is null ? TaskKind.Work : TaskKind.Cached;
        var mount = Flag("mount");
        if (mount is not null && artifact is null) diagnostics.Add(GraphRules.MountWithoutArtifact(Places.Of(recipe, task, "mount"), $"{recipe.Name}:{task}"));
        if (mount?.StartsWith('/') == false) diagnostics.Add(GraphRules.RelativeMount(Places.Of(recipe, task, "mount"), $"{recipe.Name}:{task}", mount));
        return new()
        {
            Kind = kind,
            Builtin = kind == TaskKind.Empty ? null : builtin,
            Artifact = kind == TaskKind.Cached ? artifact : null,
            Mount = kind == TaskKind.Cached ? mount : null,
            Deploy = kind == TaskKind.Cached ? Flag("deploy") : null,
            Own = keys.Of(task, kind, builtin),
        };

        string? Flag(string name) => flags.Contains(name) && variables.GetFlag(task, name)?.Trim() is { Length: > 0 } text ? text : null;
    }
}
