using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("layer create", HelpText = "Make a new layer with configuration, readme, licence and a recipe that builds, and add it to the workspace.")]
[Examples("strata layer create my-product", "strata layer create vendor --dir ../meta-vendor --priority 8", "strata layer create shared --no-add")]
public sealed record LayerCreateVerb : MetadataVerb
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "Lower-case letters, digits and dashes; the directory is meta-NAME.")]
    public string Name { get; init; } = "";

    [Option("dir", MetaValue = "DIR", HelpText = "Where (default: meta-NAME in the workspace).")]
    public string? Place { get; init; }

    [Option("priority", MetaValue = "N", Default = 10, HelpText = "Where two layers have the same recipe, the higher number wins.")]
    public int Priority { get; init; }

    [Option("no-add", HelpText = "Do not name it in conf/bblayers.conf.")]
    public bool NoAdd { get; init; }

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        if (NewLayer.NameFrom(Name) is not { } name) return question.Refuse(LayerRules.BadName(Name));
        if (question.Metadata.Layers.Any(l => l.Name == name))
            return question.Refuse(LayerRules.AlreadyThere(new LayerList(question.Workspace.TopDirectory).File, name));
        var directory = Place is null ? Path.Combine(question.Workspace.TopDirectory, $"meta-{name}") : Path.GetFullPath(Place, question.Context.CurrentDirectory);
        if (NewLayer.IsTaken(directory)) return question.Refuse(LayerRules.DirectoryTaken(directory));

        Template.Write("layer", directory, NewLayer.Words(name, question.Metadata.Configuration.Get("LAYERSERIES_CORENAMES") ?? "", Priority));
        question.Context.Output.WriteLine($"made {question.Shown(directory)}");
        if (!NoAdd && !new LayerEditing(question).Add(directory.TrimEnd('/'), cancel)) return ExitCode.BadMetadata;
        question.Context.Output.WriteLine($"next: strata build {name}-example");
        return ExitCode.Success;
    }
}
