using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("recipe list", HelpText = "List the recipes of all layers, with versions, layers and why some must not be built.")]
[Examples("strata recipe list", "strata recipe list --layer examples", "strata recipe list --json")]
public sealed record RecipeListVerb : AnswerVerb
{
    [Option("layer", MetaValue = "LAYER", HelpText = "Only those of this layer.")]
    public string? Layer { get; init; }

    [Option("names", HelpText = "Only the names, one a line.")]
    public bool Names { get; init; }

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        if (Layer is not null && question.FindLayer(Layer) is null) return question.Refuse(question.UnknownLayer(Layer));
        var recipes = question.Metadata.Recipes.Where(r => Layer is null || r.Layer == question.FindLayer(Layer)!.Name)
            .OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.File, StringComparer.Ordinal).ToArray();
        if (Names)
        {
            foreach (var name in recipes.Select(r => r.Name).Distinct(StringComparer.Ordinal)) question.Context.Output.WriteLine(name);
            return ExitCode.Success;
        }
        ImmutableArray<RecipeEntry> answer = [.. recipes.Select(r => RecipeReader.Entry(r, question))];
        return question.Answer(answer, AnswerJson.Readable.ImmutableArrayRecipeEntry, RecipeText.List);
    }
}
