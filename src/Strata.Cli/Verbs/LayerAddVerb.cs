using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("layer add", HelpText = "Add a layer to conf/bblayers.conf; undone when the workspace cannot be read with it.")]
[Examples("strata layer add ../meta-vendor")]
public sealed record LayerAddVerb : MetadataVerb
{
    [Value(0, MetaName = "DIRECTORY", Required = true, HelpText = "The layer's directory, the one that has conf/layer.conf.")]
    public string Layer { get; init; } = "";

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        var directory = Path.GetFullPath(Layer, question.Context.CurrentDirectory).TrimEnd('/');
        if (!File.Exists(Path.Combine(directory, "conf", "layer.conf"))) return question.Refuse(LayerRules.NoLayer(directory));
        if (question.Metadata.Layers.FirstOrDefault(l => l.Directory == directory) is { } known)
            return question.Refuse(LayerRules.AlreadyThere(new LayerList(question.Workspace.TopDirectory).File, known.Name));
        return new LayerEditing(question).Add(directory, cancel) ? ExitCode.Success : ExitCode.BadMetadata;
    }
}
