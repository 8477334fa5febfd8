using System.Collections.Immutable;

namespace Strata.Cli.Products;

/// <summary>A product with everything resolved.</summary>
/// <param name="Work">Where repositories are checked out.</param>
/// <param name="Build">Its workspace.</param>
public sealed record ProductAnswer(
    string Machine,
    string Distro,
    ImmutableArray<string> Targets,
    string Task,
    ImmutableSortedDictionary<string, string> Env,
    string Work,
    string Build,
    ImmutableArray<RepositoryEntry> Repos,
    ImmutableArray<ProductLayerEntry> Layers,
    string BblayersConf,
    string LocalConf);
