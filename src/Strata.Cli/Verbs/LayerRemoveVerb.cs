using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("layer remove", HelpText = "Take a layer out of conf/bblayers.conf; its files stay. Undone when another layer needs it.")]
[Examples("strata layer remove examples")]
public sealed record LayerRemoveVerb : MetadataVerb
{
    [Value(0, MetaName = "LAYER", Required = true, HelpText = "Name or directory of a layer.")]
    public string Layer { get; init; } = "";

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        if (question.FindLayer(Layer) is not { } layer) return question.Refuse(question.UnknownLayer(Layer));
        return new LayerEditing(question).Remove(layer, cancel) ? ExitCode.Success : ExitCode.BadMetadata;
    }
}
