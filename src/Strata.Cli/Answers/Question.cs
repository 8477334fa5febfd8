using System.Text.Json.Serialization.Metadata;
using Strata.Core;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Cli.Answers;

/// <summary>What a verb that only answers has at hand: the metadata, and where answer and complaints go.</summary>
public sealed record Question(Workspace Workspace, CommandContext Context, Session Session, LoadedMetadata Metadata, EventStream Events, bool Json)
{
    /// <summary>Prints the answer in the form that was asked for.</summary>
    public ExitCode Answer<T>(T answer, JsonTypeInfo<T> type, Func<T, string> text) => Answer(answer, () => type, text);

    /// <param name="type">Asked for only where the answer is JSON: a short answer does not wait for the library.</param>
    public ExitCode Answer<T>(T answer, Func<JsonTypeInfo<T>> type, Func<T, string> text)
    {
        var printed = Json ? AnswerJson.Text(answer, type()) : text(answer);
        Context.Output.Write(printed);
        if (printed.Length == 0) Events.Publish(new Announced("There is none."));   // to standard error: who counts lines counts none
        return ExitCode.Success;
    }

    public ExitCode Refuse(Diagnostic problem, ExitCode code = ExitCode.Usage)
    {
        Events.Publish(new DiagnosticReported(problem));
        return code;
    }

    /// <summary>As people write it: relative to the workspace where it lies inside, else absolute.</summary>
    public string Shown(string path) => Paths.Shown(Workspace.TopDirectory, path);

    public string Shown(SourceSpan place) => place.IsNowhere ? "" : (place with { File = Shown(place.File) }).ToString();

    /// <summary>Name of the layer in whose directory the file lies, or empty.</summary>
    public string LayerOf(string path) =>
        Metadata.Layers.Where(l => l.Directory.Length > 0 && Paths.IsBelow(path, l.Directory)).MaxBy(l => l.Directory.Length)?.Name ?? "";

    /// <summary>By name, by the name of its directory, or by its path. A collection without a directory of its own is none that can be asked for.</summary>
    public Layer? FindLayer(string name)
    {
        var layers = Metadata.Layers.Where(l => l.Directory.Length > 0).ToArray();
        return layers.FirstOrDefault(l => l.Name == name)
            ?? layers.FirstOrDefault(l => Path.GetFileName(l.Directory) == name || l.Directory == Path.GetFullPath(name, Context.CurrentDirectory).TrimEnd('/'));
    }

    public Recipe? FindRecipe(string name, CancellationToken cancel) => RecipeChoice.Find(Metadata, name, cancel);

    public Diagnostic UnknownRecipe(string name) => CliRules.UnknownRecipe(name, Metadata.Recipes.Select(r => r.Name));

    public Diagnostic UnknownLayer(string name) => AnswerRules.UnknownLayer(name, Metadata.Layers.Select(l => l.Name));
}
