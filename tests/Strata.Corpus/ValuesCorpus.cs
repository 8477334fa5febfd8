using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>
/// Compares the final values of a whole layer with recorded ones: one object a line with file, variant, vars, tasks, flags.
/// Values that Python functions of the layer make are expected to differ; the report counts by name, so that they can be told apart.
/// </summary>
public static class ValuesCorpus
{
    /// <summary>One comparison; the name is the variable's without the package it belongs to.</summary>
    public sealed record Outcome(string Recipe, string Name, string Expected, string Actual)
    {
        public bool IsSame => Expected == Actual;
    }

    public static ImmutableArray<Outcome> Compare(LoadedMetadata metadata, string recorded, Func<string, string> anonymous)
    {
        var recipes = metadata.Recipes.ToDictionary(r => (anonymous(r.File), r.Variant));
        var outcomes = ImmutableArray.CreateBuilder<Outcome>();
        foreach (var line in File.ReadLines(recorded).Select(l => JsonNode.Parse(l)!.AsObject()))
        {
            var (file, variant) = ((string)line["file"]!, (string)line["variant"]!);
            if (!recipes.TryGetValue((file, variant), out var recipe))
            {
                outcomes.Add(new($"{file} {variant}", "(recipe)", "present", "absent"));
                continue;
            }
            foreach (var (name, value) in line["vars"]!.AsObject()) Add(name, (string?)value ?? "null", Try(() => recipe.Variables.Get(name)));
            foreach (var (name, value) in line["flags"]!.AsObject())
            {
                var open = name.IndexOf('[', StringComparison.Ordinal);
                Add(name, (string?)value ?? "", Try(() => recipe.Variables.GetFlag(name[..open], name[(open + 1)..^1]) ?? ""));
            }
            foreach (var (task, after) in line["tasks"]!.AsObject())
                Add($"{task} after", Words(after!.AsArray().Select(t => (string)t!)), recipe.Tasks.FirstOrDefault(t => t.Name == task) is { } known ? Words(known.After) : "(no task)");

            void Add(string name, string expected, string actual) => outcomes.Add(new($"{file} {variant}", name, expected, anonymous(actual)));
        }
        return outcomes.ToImmutable();
    }

    /// <summary>The order of a task's predecessors has no meaning.</summary>
    private static string Words(IEnumerable<string> tasks) => string.Join(' ', tasks.Order(StringComparer.Ordinal));

    private static string Try(Func<string?> read)
    {
        try
        {
            return read() ?? "null";
        }
        catch (ExpansionException e)
        {
            return $"error: {e.Message}";
        }
    }
}
