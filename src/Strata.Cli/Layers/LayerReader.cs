using System.Collections.Immutable;
using Strata.Cli.Answers;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Cli.Layers;

/// <summary>Reads what there is to say about layers.</summary>
internal sealed class LayerReader(Question question)
{
    private static readonly string[] s_classScopes = ["classes-recipe", "classes-global", "classes"];

    private Datastore Configuration => question.Metadata.Configuration;

    public async Task<ImmutableArray<LayerEntry>> EntriesAsync(CancellationToken cancel)
    {
        var entries = question.Metadata.Layers.OrderByDescending(l => l.Priority).ThenBy(l => l.Name, StringComparer.Ordinal).Select(l => EntryAsync(l, cancel));
        return [.. await Task.WhenAll(entries)];
    }

    public async Task<LayerEntry> EntryAsync(Layer layer, CancellationToken cancel) => new(
        layer.Name, question.Shown(layer.Directory), layer.Priority, layer.Version, [.. Words.Of(Configuration.Get($"LAYERSERIES_COMPAT_{layer.Name}"))],
        layer.Directory.Length == 0 ? null : await GitState.ReadAsync(layer.Directory, cancel));

    public async Task<LayerAnswer> ReadAsync(Layer layer, CancellationToken cancel) => new(
        await EntryAsync(layer, cancel),
        [.. Dependencies().Where(d => d.Layer == layer.Name)],
        [.. Dependencies().Where(d => d.Needed == layer.Name && d.IsRequired).Select(d => d.Layer).Order(StringComparer.Ordinal)],
        ConfigurationNames.In(layer.Directory, "machine"), ConfigurationNames.In(layer.Directory, "distro"),
        [.. Classes().Where(c => c.Layer == layer.Name).Select(c => c.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        [.. question.Metadata.Recipes.Where(r => r.Layer == layer.Name).Select(r => r.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Appends(layer), [.. Overlaid(cancel).Where(o => IsPartOf(layer, o))], VariablesSetBy(layer));

    /// <summary>Every dependency of every layer, in the order of BBFILE_COLLECTIONS.</summary>
    public ImmutableArray<LayerDependency> Dependencies()
    {
        var versions = question.Metadata.Layers.ToDictionary(l => l.Name, l => l.Version, StringComparer.Ordinal);
        return
        [
            .. from layer in question.Metadata.Layers
               from kind in (string[])["LAYERDEPENDS", "LAYERRECOMMENDS"]
               from needed in DependencyList.WithVersions(Configuration.Get($"{kind}_{layer.Name}"))
               select new LayerDependency(layer.Name, needed.Name, needed.Constraints, versions.GetValueOrDefault(needed.Name), kind == "LAYERDEPENDS"),
        ];
    }

    /// <summary>The recipes that have appends, of one layer or of all; sorted by recipe.</summary>
    public ImmutableArray<AppendedRecipe> Appends(Layer? layer) =>
    [
        .. question.Metadata.Recipes.Where(r => r.Variant.Length == 0 && r.Appends.Any(a => layer is null || IsOf(layer, question.Shown(a))))
            .OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.File, StringComparer.Ordinal)
            .Select(r => new AppendedRecipe(r.Name, question.Shown(r.File), [.. r.Appends.Select(question.Shown)])),
    ];

    /// <summary>Recipes and classes that more than one layer has.</summary>
    public ImmutableArray<OverlaidName> Overlaid(CancellationToken cancel) => [.. OverlaidRecipes(cancel), .. OverlaidClasses()];

    /// <summary>In the order in which they are searched.</summary>
    public ImmutableArray<ClassEntry> Classes()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. from directory in (Configuration.Get("BBPATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)
               from scope in s_classScopes
               let classes = Path.Combine(question.Workspace.TopDirectory, directory, scope)
               where Directory.Exists(classes)
               from file in Directory.EnumerateFiles(classes, "*.bbclass").Order(StringComparer.Ordinal)
               let name = Path.GetFileNameWithoutExtension(file)
               select new ClassEntry(name, question.LayerOf(file), scope, question.Shown(file), !seen.Add($"{scope}/{name}")),
        ];
    }

    private IEnumerable<OverlaidName> OverlaidRecipes(CancellationToken cancel) =>
        from same in question.Metadata.Recipes.Where(r => r.Variant.Length == 0).GroupBy(r => r.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
        where same.Select(r => r.Layer).Distinct(StringComparer.Ordinal).Count() > 1
        let wins = RecipeChoice.Find(question.Metadata, same.Key, cancel)
        where wins is not null
        select new OverlaidName("recipe", same.Key, question.Shown(wins.File), WhyRecipe(wins),
            [.. same.Where(r => r != wins).Select(r => question.Shown(r.File)).Order(StringComparer.Ordinal)]);

    private string WhyRecipe(Recipe recipe)
    {
        foreach (var variable in (string[])[$"REQUIRED_VERSION_{recipe.Name}", $"PREFERRED_VERSION_{recipe.Name}"])
            if (Configuration.Get(variable) is { Length: > 0 } version) return $"{variable} = \"{version}\"";
        return $"layer {recipe.Layer} has priority {recipe.LayerPriority}";
    }

    private IEnumerable<OverlaidName> OverlaidClasses() =>
        from same in Classes().GroupBy(c => $"{c.Scope}/{c.Name}", StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
        where same.Count() > 1
        select new OverlaidName("class", same.First().Name, same.First().File, "its layer comes first in BBPATH", [.. same.Skip(1).Select(c => c.File)]);

    private ImmutableArray<SetVariable> VariablesSetBy(Layer layer)
    {
        var found = ImmutableArray.CreateBuilder<SetVariable>();
        foreach (var name in Configuration.Names)
        {
            // Asking for the effects of an assignment costs an evaluation; most variables have none in the layer.
            if (!Configuration.History(name).Any(a => a.Flag is null && !a.Place.IsNowhere && Paths.IsBelow(a.Place.File, layer.Directory))) continue;
            if (name.StartsWith("BBFILE", StringComparison.Ordinal) || name.StartsWith("LAYER", StringComparison.Ordinal) || name is "BBPATH") continue;
            var last = new VariableHistory(question, Configuration, name).Entries().LastOrDefault(e => e.Flag is null && e.Layer == layer.Name && e.Operator is not ("function" or "addtask" or "EXPORT_FUNCTIONS"));
            if (last is not null) found.Add(new(name, last.Place, last.Operator, last.Text, last.Effect));
        }
        return found.ToImmutable();
    }

    /// <summary>Whether the layer has one of the files.</summary>
    public bool IsPartOf(Layer layer, OverlaidName name) => name.Overlaid.Append(name.Wins).Any(f => IsOf(layer, f));

    private bool IsOf(Layer layer, string shown) => question.LayerOf(Path.GetFullPath(shown, question.Workspace.TopDirectory)) == layer.Name;
}
