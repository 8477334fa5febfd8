using System.Collections.Immutable;
using System.Globalization;

namespace Strata.Cli.Products;

/// <summary>A product with all its files merged: what to check out, what to configure, what to build.</summary>
public sealed record Product(ProductPlaces Places, ImmutableArray<ProductRepository> Repositories)
{
    public required string Machine { get; init; }

    public required string Distribution { get; init; }

    public required ImmutableArray<string> Targets { get; init; }

    public required string Task { get; init; }

    /// <summary>Variables that the environment hands on to the metadata.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>The texts below local_conf_header.</summary>
    public required string LocalHeader { get; init; }

    /// <summary>The texts below bblayers_conf_header.</summary>
    public required string LayersHeader { get; init; }

    /// <summary>The configurations that targets such as <c>mc:NAME:image</c> ask for.</summary>
    public ImmutableArray<string> MultiConfigs => [.. Targets.Select(t => t.Split(':')).Where(t => t is ["mc" or "multiconfig", _, ..]).Select(t => t[1]).Where(c => c is not ("" or "*")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>In the order of BBLAYERS: by their order numbers, then by path.</summary>
    public ImmutableArray<(string Directory, ProductLayer Layer)> Layers =>
        [.. Repositories.SelectMany(r => r.Layers.Select(l => (Directory: Path.TrimEndingDirectorySeparator(Path.Combine(r.Path, l.Name)), Layer: l)))
            .OrderByDescending(l => l.Layer.Order).ThenBy(l => ConfigurationFiles.Entry(l.Directory, Places.Build), StringComparer.Ordinal)];

    /// <summary>As <c>strata build</c> takes them.</summary>
    public IEnumerable<string> BuildTargets => Task == "build" ? Targets : Targets.Select(t => $"{t}:{Task}");

    /// <exception cref="ProductException">Something in it is wrong.</exception>
    public static Product Of(ProductMap map, ProductPlaces places, string topRepository, ImmutableSortedDictionary<string, string> environment) =>
        new(places, new RepositoryReader(map, places, topRepository, new(environment)).Read())
        {
            Machine = environment.GetValueOrDefault("KAS_MACHINE") ?? map.Text("machine") ?? "qemux86-64",
            Distribution = environment.GetValueOrDefault("KAS_DISTRO") ?? map.Text("distro") ?? DefaultDistribution(map),
            Task = environment.GetValueOrDefault("KAS_TASK") ?? map.Text("task") ?? "build",
            Targets = TargetsOf(map, environment),
            Environment = EnvironmentOf(map.Map("env"), environment),
            LocalHeader = Header(map.Map("local_conf_header")),
            LayersHeader = Header(map.Map("bblayers_conf_header")),
        };

    /// <summary>Changed by version 22 of the format.</summary>
    private static string DefaultDistribution(ProductMap map) =>
        int.TryParse(map.Map("header").Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= 22 ? "nodistro" : "poky";

    private static ImmutableArray<string> TargetsOf(ProductMap map, ImmutableSortedDictionary<string, string> environment)
    {
        if (Words.Of(environment.GetValueOrDefault("KAS_TARGET")) is [_, ..] named) return [.. named];
        return map.Find("target") switch
        {
            ProductText one => [one.Value],
            ProductList list => [.. list.Items.OfType<ProductText>().Select(t => t.Value)],
            _ => ["core-image-minimal"],
        };
    }

    /// <summary>The real environment wins; a variable without a value is handed on only if it is set there.</summary>
    private static ImmutableSortedDictionary<string, string> EnvironmentOf(ProductMap env, ImmutableSortedDictionary<string, string> environment) =>
        env.Entries.Select(e => (e.Key, Value: environment.GetValueOrDefault(e.Key) ?? env.Text(e.Key))).Where(e => e.Value is not null)
            .ToImmutableSortedDictionary(e => e.Key, e => e.Value!, StringComparer.Ordinal);

    private static string Header(ProductMap texts) =>
        string.Concat(texts.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"# {e.Key}\n{(e.Value as ProductText)?.Value}\n"));
}
