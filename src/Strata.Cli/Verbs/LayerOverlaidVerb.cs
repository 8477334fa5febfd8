using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("layer overlaid", HelpText = "List recipes and classes that several layers have: which one is used, and why.")]
[Examples("strata layer overlaid")]
public sealed record LayerOverlaidVerb : OneLayerVerb
{
    protected override ExitCode Answer(Question question, Layer? layer, CancellationToken cancel)
    {
        var reader = new LayerReader(question);
        ImmutableArray<OverlaidName> names = [.. reader.Overlaid(cancel).Where(n => layer is null || reader.IsPartOf(layer, n))];
        return question.Answer(names, AnswerJson.Readable.ImmutableArrayOverlaidName, LayerText.Overlaid);
    }
}
