using System.Collections.Immutable;
using System.Globalization;
using Strata.Metadata;

namespace Strata.Graph.Providers;

/// <summary>What the choice between recipes looks at. Read once per recipe; the dependencies only of recipes that are wanted.</summary>
internal sealed class RecipeFacts
{
    private readonly Lazy<ImmutableArray<string>> _dependencies;
    private readonly Lazy<ImmutableArray<string>> _runtimeDependencies;

    private RecipeFacts(Recipe recipe)
    {
        Recipe = recipe;
        Version = new(recipe.Get("PE") ?? "", recipe.Get("PV") ?? "", recipe.Get("PR") ?? "");
        Provides = [.. WordList.Of(recipe.Get("PROVIDES")).Prepend(recipe.Name).Distinct(StringComparer.Ordinal)];
        _dependencies = new(() => Distinct(DependencyList.Names(recipe.Get("DEPENDS"))));
        _runtimeDependencies = new(ReadRuntimeDependencies);
        if (recipe.SkipReason is not null) return;

        Preference = int.TryParse(recipe.Get("DEFAULT_PREFERENCE"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var preference) ? preference : 0;
        Packages = WordList.Of(recipe.Get("PACKAGES")) is [_, ..] packages ? [.. packages] : [recipe.Name];
        DynamicPackages = [.. WordList.Of(recipe.Get("PACKAGES_DYNAMIC"))];
        RuntimeProvides = OfAllPackages("RPROVIDES");
    }

    public Recipe Recipe { get; }

    public PackageVersion Version { get; }

    public int Preference { get; }

    public ImmutableArray<string> Provides { get; }

    public ImmutableArray<string> Packages { get; } = [];

    public ImmutableArray<string> DynamicPackages { get; } = [];

    public ImmutableArray<string> RuntimeProvides { get; } = [];

    /// <summary>DEPENDS in order, without repeats.</summary>
    public ImmutableArray<string> Dependencies => _dependencies.Value;

    /// <summary>RDEPENDS, then RRECOMMENDS, of all packages in order, without repeats.</summary>
    public ImmutableArray<string> RuntimeDependencies => _runtimeDependencies.Value;

    /// <summary>The name that BitBake sorts by, so that the same candidate comes first.</summary>
    public string SortName => Recipe.Variant.Length == 0 ? Recipe.File : $"virtual:{Recipe.Variant}:{Recipe.File}";

    /// <exception cref="ExpansionException">One of the values cannot be expanded.</exception>
    public static RecipeFacts Of(Recipe recipe) => new(recipe);

    private ImmutableArray<string> ReadRuntimeDependencies() => Distinct([.. OfAllPackages("RDEPENDS"), .. OfAllPackages("RRECOMMENDS")]);

    /// <summary>The plain variable counts for every package, beside those of each package.</summary>
    private ImmutableArray<string> OfAllPackages(string variable) =>
        Distinct([.. DependencyList.Names(Recipe.Get(variable)),
                  .. Packages.SelectMany(p => DependencyList.Names(Recipe.Get($"{variable}:{p}")))]);

    private static ImmutableArray<string> Distinct(ImmutableArray<string> names) => [.. names.Distinct(StringComparer.Ordinal)];
}
