using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("layer appends", HelpText = "List the recipes that appends change, with the appends in the order they apply.")]
[Examples("strata layer appends", "strata layer appends examples")]
public sealed record LayerAppendsVerb : OneLayerVerb
{
    protected override ExitCode Answer(Question question, Layer? layer, CancellationToken cancel)
    {
        return question.Answer(new LayerReader(question).Appends(layer), AnswerJson.Readable.ImmutableArrayAppendedRecipe, LayerText.Appends);
    }
}
