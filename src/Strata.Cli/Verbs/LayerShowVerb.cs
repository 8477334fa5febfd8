using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("layer show", HelpText = "Show what a layer brings, what it changes of others, and which of its settings win.")]
[Examples("strata layer show examples", "strata layer show meta-core --json")]
public sealed record LayerShowVerb : AnswerVerb
{
    [Value(0, MetaName = "LAYER", Required = true, HelpText = "Name or directory of a layer.")]
    public string Layer { get; init; } = "";

    protected override async Task<ExitCode> AnswerAsync(Question question, CancellationToken cancel) =>
        question.FindLayer(Layer) is { } layer
            ? question.Answer(await new LayerReader(question).ReadAsync(layer, cancel), AnswerJson.Readable.LayerAnswer, LayerText.Of)
            : question.Refuse(question.UnknownLayer(Layer));
}
