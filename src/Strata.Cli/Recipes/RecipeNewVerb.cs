using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Builtins;
using Strata.Cli.Usage;
using Strata.Cli.Verbs;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Recipes;

[Verb("recipe new", HelpText = "Write a recipe for sources: build system, version, licence texts and dependencies are read from them.")]
[Examples("strata recipe new https://example.org/hello-1.2.tar.gz", "strata recipe new https://example.org/hello.git --into my-product", "strata recipe new ../hello --name hello   # sources that are being worked on")]
public sealed record RecipeNewVerb : MetadataVerb
{
    [Value(0, MetaName = "URL|DIR", Required = true, HelpText = "Address of an archive or of a git repository, or a directory with sources.")]
    public string Source { get; init; } = "";

    [Option("name", MetaValue = "NAME", HelpText = "Of the recipe (default: as the address or the build files say).")]
    public string? Name { get; init; }

    [Option("version", MetaValue = "VERSION", HelpText = "Where the address does not say it; of a repository, which tag (default: the newest).")]
    public string? Version { get; init; }

    [Option("into", MetaValue = "LAYER", HelpText = "Layer that gets the recipe (default: the one of the current directory, else the one of the highest priority).")]
    public string? Into { get; init; }

    protected override async Task<ExitCode> AnswerAsync(Question question, CancellationToken cancel)
    {
        if (LayerFor(question) is not { } layer) return question.Refuse(question.UnknownLayer(Into!));
        var diagnostics = new Diagnostics();
        using var tools = SourceTools.Open(question.Workspace, question.Metadata.Configuration, question.Context.Environment, diagnostics);
        try
        {
            var writer = new RecipeWriter(question, tools);
            var directory = Path.GetFullPath(Source, question.Context.CurrentDirectory).TrimEnd('/');
            var draft = System.IO.Directory.Exists(directory)
                ? writer.DraftOfDirectory(directory, Name, Version, DirectoryFor(layer, Name ?? Path.GetFileName(directory)))
                : await writer.DraftAsync(Source, Name, Version, cancel);
            return draft is null ? question.Refuse(writer.Problems[^1](default), ExitCode.BuildFailed) : Write(question, writer, draft, layer);
        }
        catch (SourceException failure)
        {
            return question.Refuse(failure.Problem, ExitCode.BuildFailed);
        }
        catch (FormatException e)
        {
            return question.Refuse(FetchRules.BadUri(default, e.Message));
        }
    }

    private static ExitCode Write(Question question, RecipeWriter writer, RecipeDraft draft, Layer layer)
    {
        var directory = DirectoryFor(layer, draft.Name);
        var file = Path.Combine(directory, $"{draft.Name}_{draft.Version}.bb");
        if (File.Exists(file)) return question.Refuse(RecipeRules.AlreadyThere(file));
        System.IO.Directory.CreateDirectory(directory);
        AtomicFile.WriteAllText(file, draft.Text());
        if (draft.Crates.Length > 0) AtomicFile.WriteAllText(Path.Combine(directory, draft.CratesFile), draft.Crates);
        question.Context.Output.WriteLine($"made {question.Shown(file)}");
        foreach (var note in writer.Notes) question.Context.Output.WriteLine($"  {note}");
        foreach (var problem in writer.Problems) question.Events.Publish(new DiagnosticReported(problem(new(file))));
        question.Context.Output.WriteLine($"next: strata build {draft.Name}");
        return ExitCode.Success;
    }

    private static string DirectoryFor(Layer layer, string name) => Path.Combine(layer.Directory, "recipes-new", name);

    private Layer? LayerFor(Question question) => Into is not null
        ? question.FindLayer(Into)
        : question.FindLayer(question.LayerOf(question.Context.CurrentDirectory)) ?? question.Metadata.Layers.Where(l => l.Directory.Length > 0).MaxBy(l => l.Priority);
}
