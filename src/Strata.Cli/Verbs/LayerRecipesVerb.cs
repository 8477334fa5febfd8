using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("layer recipes", HelpText = "List recipes by layer.")]
[Examples("strata layer recipes", "strata layer recipes examples")]
public sealed record LayerRecipesVerb : OneLayerVerb
{
    protected override ExitCode Answer(Question question, Layer? layer, CancellationToken cancel)
    {
        ImmutableArray<RecipeEntry> recipes =
        [
            .. question.Metadata.Recipes.Where(r => layer is null || r.Layer == layer.Name)
                .OrderBy(r => r.Layer, StringComparer.Ordinal).ThenBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.File, StringComparer.Ordinal)
                .Select(r => RecipeReader.Entry(r, question)),
        ];
        return question.Answer(recipes, AnswerJson.Readable.ImmutableArrayRecipeEntry, RecipeText.List);
    }
}
