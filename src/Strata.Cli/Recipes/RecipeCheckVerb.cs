using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Terminal;
using Strata.Cli.Usage;
using Strata.Cli.Verbs;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Recipes;

[Verb("recipe check", HelpText = "Look for what a reviewer would ask to be changed: licence evidence, pins, fixed paths, order, white space.")]
[Examples("strata recipe check hello", "strata recipe check   # all recipes of all layers", "strata recipe check --layer my-product --json")]
public sealed record RecipeCheckVerb : AnswerVerb
{
    [Value(0, MetaName = "RECIPE", HelpText = "Names of recipes (default: all).")]
    public IEnumerable<string> Recipes { get; init; } = [];

    [Option("layer", MetaValue = "LAYER", HelpText = "Only those of this layer.")]
    public string? Layer { get; init; }

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        if (Layer is not null && question.FindLayer(Layer) is null) return question.Refuse(question.UnknownLayer(Layer));
        var wanted = Layer is null ? question.Metadata.Recipes : [.. question.Metadata.Recipes.Where(r => r.Layer == question.FindLayer(Layer)!.Name)];
        if (Recipes.FirstOrDefault(n => wanted.All(r => r.Name != n)) is { } unknown) return question.Refuse(question.UnknownRecipe(unknown));
        Recipe[] recipes = [.. wanted.Where(r => !Recipes.Any() || Recipes.Contains(r.Name)).DistinctBy(r => r.File)];
        var findings = new Diagnostics();
        foreach (var recipe in recipes)
        {
            cancel.ThrowIfCancellationRequested();
            new RecipeLint(recipe, d => findings.Add(d with { Place = d.Place with { File = question.Shown(d.Place.File) } })).Run();
        }
        question.Context.Output.Write(Json ? JsonOf(findings) : TextOf(findings, recipes.Length));
        return findings.Sorted().IsEmpty ? ExitCode.Success : ExitCode.BuildFailed;
    }

    private static string TextOf(Diagnostics findings, int recipes) =>
        string.Concat(findings.Sorted().Select(d => d + "\n")) + $"{recipes} recipes, {findings.Sorted().Length} findings\n";

    private static string JsonOf(Diagnostics findings) => $"[{string.Join(',', findings.Sorted().Select(d => "\n  " + DiagnosticJson.Line(d)))}\n]\n";
}
