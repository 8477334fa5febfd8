using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("layer list", HelpText = "List the layers, the highest priority first, with series, git state and place.")]
[Examples("strata layer list", "strata layer list --json")]
public sealed record LayerListVerb : AnswerVerb
{
    [Option("names", HelpText = "Only the names, one a line.")]
    public bool Names { get; init; }

    protected override async Task<ExitCode> AnswerAsync(Question question, CancellationToken cancel)
    {
        if (!Names) return question.Answer(await new LayerReader(question).EntriesAsync(cancel), AnswerJson.Readable.ImmutableArrayLayerEntry, LayerText.List);
        foreach (var name in question.Metadata.Layers.Select(l => l.Name).Order(StringComparer.Ordinal)) question.Context.Output.WriteLine(name);
        return ExitCode.Success;
    }
}
