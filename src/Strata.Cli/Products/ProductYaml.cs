using System.Collections.Immutable;
using Strata.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Strata.Cli.Products;

/// <summary>YAML (and JSON, which is YAML) as nodes with places; aliases and merge keys are resolved.</summary>
internal static class ProductYaml
{
    private const int MostDepth = 64;
    private const int MostNodes = 200_000;

    /// <exception cref="ProductException">The file is missing, is no YAML, or expands to far more than it says.</exception>
    public static ProductMap Read(string file, SourceSpan askedAt)
    {
        var budget = MostNodes;
        try
        {
            var text = File.ReadAllText(file);
            RefuseDepth(file, text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }]) return (ProductMap)Convert(file, root, 0, ref budget);
        }
        catch (YamlException e)
        {
            throw NoYaml(Place(file, e.Start), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProductException(ProductRules.NotReadable(askedAt, $"{file} cannot be read: {e.Message}", "check its name"));
        }
        throw new ProductException(ProductRules.WrongShape(new(file, 1), "a product file", "one map of keys", "start it with: header: { version: 14 }"));
    }

    /// <summary>Loading recurses, so the depth has to be looked at before.</summary>
    private static void RefuseDepth(string file, string text)
    {
        var (parser, depth) = (new Parser(new StringReader(text)), 0);
        try
        {
            while (parser.MoveNext())
            {
                depth += parser.Current!.NestingIncrease;
                if (depth > MostDepth) throw TooMuch(Place(file, parser.Current.Start));
            }
        }
        catch (InvalidOperationException e)
        {
            // What the library says to an unclosed bracket before certain texts; it knows no place then.
            throw NoYaml(Place(file, parser.Current?.End ?? Mark.Empty), e);
        }
    }

    private static ProductException NoYaml(SourceSpan place, Exception e) =>
        new(ProductRules.NotReadable(place, $"this is no YAML: {e.Message}", "blanks, not tabs, for indentation; quotes around texts with ': '; every bracket closed"));

    private static ProductNode Convert(string file, YamlNode node, int depth, ref int budget)
    {
        var place = Place(file, node.Start);
        if (depth > MostDepth || --budget < 0) throw TooMuch(place);
        switch (node)
        {
            case YamlScalarNode scalar:
                return new ProductText(place, scalar.Value ?? "", scalar.Style is ScalarStyle.Plain or ScalarStyle.Any);
            case YamlSequenceNode list:
                var items = ImmutableArray.CreateBuilder<ProductNode>();
                foreach (var item in list.Children) items.Add(Convert(file, item, depth + 1, ref budget));
                return new ProductList(place, items.ToImmutable());
            default:
                return ConvertMap(file, (YamlMappingNode)node, place, depth, ref budget);
        }
    }

    private static ProductMap ConvertMap(string file, YamlMappingNode map, SourceSpan place, int depth, ref int budget)
    {
        var (own, merged) = (ImmutableArray.CreateBuilder<ProductEntry>(), ProductMap.Empty);
        foreach (var (key, child) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
                throw new ProductException(ProductRules.WrongShape(Place(file, key.Start), "a key", "one word", "write it as text"));
            var value = Convert(file, child, depth + 1, ref budget);
            if (name == "<<") merged = Merged(merged, value);
            else own.Add(new(name, Place(file, key.Start), value));
        }
        var result = new ProductMap(place, own.ToImmutable());
        var missing = merged.Entries.Where(e => result.Entry(e.Key) is null);
        return result with { Entries = [.. missing, .. result.Entries] };
    }

    /// <summary>The first of several merged maps wins.</summary>
    private static ProductMap Merged(ProductMap before, ProductNode value) => value switch
    {
        ProductMap map => before with { Entries = [.. before.Entries, .. map.Entries.Where(e => before.Entry(e.Key) is null)] },
        ProductList list => list.Items.Aggregate(before, Merged),
        _ => throw new ProductException(ProductRules.WrongShape(value.Place, "'<<'", "a map or a list of maps", "name an anchor: <<: *NAME")),
    };

    private static ProductException TooMuch(SourceSpan place) =>
        new(ProductRules.NotReadable(place, "this is nested too deeply, or its aliases expand to too much", "write it out plainly"));

    private static SourceSpan Place(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);
}
