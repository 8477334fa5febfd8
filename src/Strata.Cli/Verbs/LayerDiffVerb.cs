using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("layer diff", HelpText = "Say what a layer changes in the build: variables, recipes, tasks whose keys change, packages and licences.")]
[Examples(
    "strata layer diff my-product                       # the workspace without it and with it",
    "strata layer diff old-bsp new-bsp --target image   # with the first and with the second one")]
public sealed record LayerDiffVerb : AnswerVerb
{
    [Value(0, MetaName = "LAYER", Min = 1, Max = 2, Required = true, HelpText = "One layer, to compare without and with it; or two, to compare with the first and with the second one.")]
    public IEnumerable<string> Layers { get; init; } = [];

    [Option("target", MetaValue = "TARGET", Default = "world", HelpText = "Compare only what this recipe or image needs.")]
    public string Target { get; init; } = "";

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        var layers = Layers.Select(name => (Name: name, Layer: question.FindLayer(name))).ToArray();
        foreach (var (name, layer) in layers)
            if (layer is null) return question.Refuse(question.UnknownLayer(name));

        var sets = new LayerSets(question.Metadata.Layers, new LayerReader(question).Dependencies());
        var (first, last) = (layers[0].Layer!, layers[^1].Layer!);
        ImmutableArray<string> without = sets.Without(last);
        var with = layers.Length == 1 ? [.. question.Metadata.Layers.Select(l => l.Directory)] : sets.Without(first);
        ImmutableArray<string> targets = [Target];
        if (LayerState.Read(question, without, targets, Report, cancel) is not { } before) return ExitCode.BadMetadata;
        if (LayerState.Read(question, with, targets, Report, cancel) is not { } after) return ExitCode.BadMetadata;
        return question.Answer(new LayerComparison(question, before, after).Compare(targets, cancel), AnswerJson.Readable.LayerDifference, d => d.Text());

        void Report(Diagnostic problem) => question.Events.Publish(new DiagnosticReported(problem));
    }
}
