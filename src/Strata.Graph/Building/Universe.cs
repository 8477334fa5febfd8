using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Graph.Building;

/// <summary>All configurations of a build: the plain one and those of BBMULTICONFIG, each with its own recipes and its own choices.</summary>
internal sealed class Universe
{
    private readonly ImmutableArray<Resolution> _configurations;

    public Universe(LoadedMetadata metadata, Diagnostics diagnostics, CancellationToken cancel) => _configurations =
        [.. metadata.Configurations.Select(m => new Resolution(m, ProviderTable.Of(m.Recipes, diagnostics, cancel), diagnostics))];

    /// <summary>The plain configuration first, then in the order of BBMULTICONFIG.</summary>
    public IEnumerable<Resolution> Configurations => _configurations;

    public IEnumerable<string> Names => _configurations.Select(c => c.Name).Where(n => n.Length > 0);

    /// <summary>In the order they were first wanted, configuration by configuration.</summary>
    public IEnumerable<ResolvedRecipe> Recipes => _configurations.SelectMany(c => c.Recipes);

    public int TaskCount { get; private set; }

    /// <param name="name">Empty for the plain configuration.</param>
    public Resolution? Find(string name) => _configurations.FirstOrDefault(c => c.Name == name);

    /// <summary>Follows all dependencies of the targets, through all configurations, then numbers all tasks.</summary>
    public void Complete(Diagnostics diagnostics, CancellationToken cancel)
    {
        var followed = new HashSet<OtherConfiguration>();
        for (var grown = true; grown;)
        {
            foreach (var configuration in _configurations) configuration.Follow(cancel);
            grown = false;
            foreach (var (by, reference) in _configurations.SelectMany(c => c.WantedElsewhere).ToList())
            {
                if (!followed.Add(reference)) continue;
                grown = true;
                var place = Places.Of(by.Recipe.Recipe, by.Task, "mcdepends", reference.To);
                if (Find(reference.To) is { } other) other.Want(by.Recipe, reference.Name, place);
                else diagnostics.Add(GraphRules.UnknownConfiguration(place, reference.To, $"{by.Recipe.FullName}:{by.Task}[mcdepends]", Names));
            }
        }
        foreach (var recipe in Recipes) TaskCount = recipe.NumberTasks(TaskCount);
    }
}
