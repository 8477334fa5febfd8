using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Products;

[Verb("product show", HelpText = "Show a product resolved: repositories with pins, layers in their order with priorities, machine, targets.")]
[Examples("strata product show product.yml", "strata product show product.yml --json")]
public sealed partial record ProductShowVerb : ProductVerb
{
    [Option("json", HelpText = "JSON instead of text.")]
    public bool Json { get; init; }

    private protected override async Task<ExitCode> RunAsync(ProductSession session, CommandContext context, CancellationToken cancel)
    {
        var answer = await AnswerAsync((await session.OpenAsync(cancel)).Product, cancel);
        context.Output.Write(Json ? AnswerJson.Text(answer, AnswerJson.Readable.ProductAnswer) : Text(answer));
        return ExitCode.Success;
    }

    private static async Task<ProductAnswer> AnswerAsync(Product product, CancellationToken cancel)
    {
        var repositories = ImmutableArray.CreateBuilder<RepositoryEntry>();
        foreach (var one in product.Repositories)
        {
            var state = System.IO.Directory.Exists(one.Path) ? await GitState.ReadAsync(one.Path, cancel) : null;
            repositories.Add(new(one.Key, one.Path, one.Url, one.Url is null ? "" : one.Asked, [.. one.Patches.Select(p => $"{p.Repository}:{p.Path}")], state));
        }
        return new(
            product.Machine, product.Distribution, product.Targets, product.Task, product.Environment, product.Places.Work, product.Places.Build,
            repositories.ToImmutable(), [.. product.Layers.Select(l => new ProductLayerEntry(Paths.Shown(product.Places.Work, l.Directory), l.Layer.Order, PriorityOf(l.Directory)))],
            ConfigurationFiles.Layers(product), ConfigurationFiles.Local(product));
    }

    /// <summary>Read as text: a product can be shown before anything of it can be parsed.</summary>
    private static int? PriorityOf(string layer)
    {
        var file = Path.Combine(layer, "conf", "layer.conf");
        return System.IO.File.Exists(file) && Priority().Match(System.IO.File.ReadAllText(file)) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    private static string Text(ProductAnswer answer)
    {
        var text = new StringBuilder($"machine  {answer.Machine}\ndistro   {answer.Distro}\ntargets  {string.Join(' ', answer.Targets)}\n");
        if (answer.Task != "build") _ = text.Append($"task     {answer.Task}\n");
        foreach (var (name, value) in answer.Env) _ = text.Append($"env      {name}={value}\n");
        _ = text.Append($"build    {answer.Build}\n\nrepositories\n");
        foreach (var one in answer.Repos)
        {
            _ = text.Append($"  {one.Name}  {one.Url ?? "here"}  {one.Pin}{(one.Git is null ? one.Url is null ? "" : "  not checked out" : $"  at {one.Git}")}\n");
            foreach (var patch in one.Patches) _ = text.Append($"    patch {patch}\n");
        }
        _ = text.Append("\nlayers, in the order of BBLAYERS; the higher priority wins\n");
        foreach (var layer in answer.Layers)
            _ = text.Append($"  {layer.Path}{(layer.Priority is { } priority ? $"  priority {priority}" : "")}{(layer.Order != 0 ? $"  prio {layer.Order}" : "")}\n");
        return text.ToString();
    }

    [GeneratedRegex("""^BBFILE_PRIORITY_\S+\s*\??=\s*["'](-?[0-9]+)["']""", RegexOptions.Multiline)]
    private static partial Regex Priority();
}
