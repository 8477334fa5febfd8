using System.Collections.Immutable;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>The own fields of the tasks of one recipe: everything but its dependencies. Not for several threads.</summary>
internal sealed class OwnKeys(Recipe recipe, KeySettings settings, LocalFiles files, HostPaths hostPaths)
{
    private const string Schema = "strata/own/1";

    private readonly VariableAnalysis _shared = new(recipe.Variables, settings, exact: false);

    /// <exception cref="ExpansionException">A value that the task needs cannot be expanded.</exception>
    public OwnKey Of(string task, TaskKind kind, string? builtin)
    {
        var fields = new List<KeyField> { new("task", $"{recipe.Name}:{task}") };
        if (kind == TaskKind.Empty) return new(KeyDigest.Of(Schema, fields), static _ => false, [], recipe.Variables);

        var analysis = AnalysisFor(task);
        var isReadable = builtin is null ? AddScript(fields, analysis, task) : AddValues(fields, analysis.Variables, task, builtin);
        var local = LocalFilesOf(analysis.Variables, task, builtin is not null && isReadable("SRC_URI"));
        foreach (var sameName in local.GroupBy(f => f.Name, StringComparer.Ordinal))
            fields.Add(new($"file:{sameName.Key}", string.Join('\n', sameName.Select(f => f.Content))));
        return new(KeyDigest.Of(Schema, fields), isReadable, [.. local.Select(f => f.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], analysis.Variables);
    }

    /// <summary>A task for which the metadata has values of its own sees variables that the recipe's other tasks do not.</summary>
    private VariableAnalysis AnalysisFor(string task) =>
        recipe.Variables.MentionsOverride(TaskVariables.OverrideOf(task)) ? new(TaskVariables.Of(recipe, task), settings, exact: false) : _shared;

    private Func<string, bool> AddScript(List<KeyField> fields, VariableAnalysis analysis, string task)
    {
        fields.Add(new("script", hostPaths.Hide(analysis.Of(task).Text ?? "")));
        var closure = analysis.Closure(task);
        foreach (var variable in closure)
            if (variable.Text is not null && variable.Name != task) fields.Add(variable.Field ??= FieldOf(variable.Name, variable.Text));
        return name => closure.Exists(v => v.Name == name);
    }

    /// <summary>A built-in task reads final values, so these are its fields, and what they are made of does not matter.</summary>
    private Func<string, bool> AddValues(List<KeyField> fields, Datastore variables, string task, string builtin)
    {
        fields.Add(new("builtin", builtin));
        var excludedFlags = KeySettings.ExcludedFlags(variables, exact: false);
        var readable = new HashSet<string>(StringComparer.Ordinal);
        var excluded = WordList.Of(variables.GetFlag(task, "vardepsexclude")).ToHashSet(StringComparer.Ordinal);
        foreach (var name in WordList.Of(variables.GetFlag(task, "vardeps")).Append("PATH").Distinct(StringComparer.Ordinal))
        {
            var flags = variables.FlagNames(name);
            var value = flags.Contains("vardepvalue") ? variables.GetFlag(name, "vardepvalue") : ValueOf(variables, name);
            AddValue(name, flags.Contains("vardepvalueexclude") ? WithoutPieces(value, variables.GetFlag(name, "vardepvalueexclude")) : value);
            AddFlags(name, flags);
        }
        AddFlags(task, variables.FlagNames(task));
        return name => readable.Contains(name) || IsAbsentFlag(name);

        // A flag that is not set is no field, but setting it would make it one: reading "not set" is in the key as well.
        bool IsAbsentFlag(string name) =>
            name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
            && readable.Contains(name[..bracket]) && !excludedFlags.Contains(name[(bracket + 1)..^1]);

        void AddFlags(string name, ImmutableArray<string> flags)
        {
            foreach (var flag in flags)
                if (!excludedFlags.Contains(flag) && flag is not ("func" or "builtin")) AddValue($"{name}[{flag}]", variables.GetFlag(name, flag));
        }

        // What is ignored may be read all the same: the configuration promises that it does not change what is made.
        void AddValue(string name, string? value)
        {
            if (readable.Add(name) && value is not null && !excluded.Contains(name) && !settings.IgnoredVariables.Contains(name)) fields.Add(FieldOf(name, value));
        }
    }

    private static string? WithoutPieces(string? value, string? pieces)
    {
        foreach (var piece in pieces?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? []) value = value?.Replace(piece, "", StringComparison.Ordinal);
        return value;
    }

    private static string? ValueOf(Datastore variables, string name) =>
        name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
            ? variables.GetFlag(name[..bracket], name[(bracket + 1)..^1])
            : variables.Get(name);

    private ImmutableArray<LocalFile> LocalFilesOf(Datastore variables, string task, bool usesSources) =>
    [
        .. usesSources ? files.OfSourceUri(recipe, variables) : [],
        .. variables.GetFlag(task, "file-checksums") is { Length: > 0 } words ? files.OfFlag(recipe, words) : [],
    ];

    private KeyField FieldOf(string name, string text) => new(name.EndsWith(']') ? $"flag:{name}" : $"var:{name}", hostPaths.Hide(text));
}
