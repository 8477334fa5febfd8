using CommandLine;
using Strata.Cli.Layers;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("init", HelpText = "Start a product: a workspace with a layer of its own, an image, a licence policy, a CI script and a readme.")]
[Examples("strata init gateway", "strata init gateway --from appliance")]
public sealed record InitVerb : VerbOptions, IVerb
{
    private const int Priority = 10;

    [Value(0, MetaName = "NAME", Required = true, HelpText = "Lower-case letters, digits and dashes; the directory that is made.")]
    public string Name { get; init; } = "";

    [Option("from", MetaValue = "EXAMPLE", Default = "hello", HelpText = "What to start from: a directory recipes-EXAMPLE of meta-examples.")]
    public string From { get; init; } = "";

    public Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var place = Path.GetFullPath(Directory ?? ".", context.CurrentDirectory);
        if (Refusal(place) is { } problem)
        {
            context.Error.WriteLine(problem);
            return Task.FromResult(ExitCode.Usage);
        }
        var top = Path.Combine(place, Name);
        var image = Write(Examples.Find(place, AppContext.BaseDirectory)!, top);
        context.Output.Write($"made {top}\n\nnext:\n  cd {Path.GetRelativePath(context.CurrentDirectory, top)}\n  strata build {image}\n");
        return Task.FromResult(ExitCode.Success);
    }

    private Diagnostic? Refusal(string place)
    {
        if (NewLayer.NameFrom(Name) != Name || Name == "core") return LayerRules.BadName(Name);
        if (NewLayer.IsTaken(Path.Combine(place, Name))) return LayerRules.DirectoryTaken(Path.Combine(place, Name));
        if (Examples.Find(place, AppContext.BaseDirectory) is not { } examples) return LayerRules.NoCore();
        return examples.Names.Contains(From) && examples.ImageOf(From) is not null ? null
            : LayerRules.NoExample(From, [.. examples.Names.Where(n => examples.ImageOf(n) is not null)]);
    }

    /// <returns>The image that the product builds.</returns>
    private string Write(Examples examples, string top)
    {
        var layer = Path.Combine(top, $"meta-{Name}");
        var image = examples.ImageOf(From)!;
        var words = NewLayer.Words(Name, SeriesOf(examples.Core), Priority);
        words["CORE"] = new LayerList(top).EntryFor(examples.Core);
        words["IMAGE"] = words["TARGET"] = image;
        words["DISTRO"] = examples.DistributionOf(From);
        words["FROM"] = From;
        Template.Write("product", top, words);
        Template.Write("layer", layer, words, except: "recipes-example");
        examples.Copy(From, layer);
        return image;
    }

    /// <summary>What the core layer calls itself; read as text, since there is no workspace yet.</summary>
    private static string SeriesOf(string core) =>
        File.ReadLines(Path.Combine(core, "conf", "layer.conf")).Where(l => l.StartsWith("LAYERSERIES_CORENAMES", StringComparison.Ordinal))
            .Select(l => l.Split('"') is [_, var series, ..] ? series : "").FirstOrDefault("");
}
