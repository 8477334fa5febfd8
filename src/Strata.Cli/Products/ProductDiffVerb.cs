using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Usage;

namespace Strata.Cli.Products;

[Verb("product diff", HelpText = "Say what differs between two products, includes and lock files followed.")]
[Examples("strata product diff product.yml product.yml:debug.yml")]
public sealed record ProductDiffVerb : ProductVerb
{
    [Value(1, MetaName = "FILE", Required = true, HelpText = "The product to compare with.")]
    public string Other { get; init; } = "";

    private protected override async Task<ExitCode> RunAsync(ProductSession session, CommandContext context, CancellationToken cancel)
    {
        var before = Settings((await session.OpenAsync(cancel)).Merged);
        var after = Settings((await Open(Other, context).OpenAsync(cancel)).Merged);
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, @new) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (old == @new) continue;
            if (old is not null) context.Output.Write($"- {name}: {old}\n");
            if (@new is not null) context.Output.Write($"+ {name}: {@new}\n");
        }
        return ExitCode.Success;
    }

    /// <summary>A line for each value: <c>repos.core.commit</c>.</summary>
    private static ImmutableSortedDictionary<string, string> Settings(ProductMap product)
    {
        var lines = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in product.Entries.Where(e => e.Key != "header")) Add(entry.Key, entry.Value);
        return lines.ToImmutable();

        void Add(string name, ProductNode value)
        {
            if (value is ProductMap { Entries: [_, ..] } map) foreach (var entry in map.Entries) Add($"{name}.{entry.Key}", entry.Value);
            else lines[name] = TextOf(value);
        }
    }

    private static string TextOf(ProductNode value) => value switch
    {
        ProductText text => text.Value.TrimEnd('\n').Replace("\n", "\\n", StringComparison.Ordinal),
        ProductList list => string.Join(' ', list.Items.Select(TextOf)),
        _ => "{}",
    };
}
