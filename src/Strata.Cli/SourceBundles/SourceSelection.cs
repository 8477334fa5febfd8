using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Metadata;
using Strata.Packaging;

namespace Strata.Cli.SourceBundles;

/// <summary>Whose sources go into a bundle, and why those of the others do not.</summary>
internal sealed class SourceSelection
{
    private readonly ILookup<string, InstalledPackage> _packages;
    private readonly ILookup<string, LinkedCode> _linked;
    private readonly LicenseCategories _categories;

    private SourceSelection(RootfsManifest rootfs, LicenseCategories categories)
    {
        _packages = rootfs.Packages.ToLookup(p => p.Recipe, StringComparer.Ordinal);
        _linked = rootfs.Packages.SelectMany(p => p.Linked).Where(l => l.Recipe is not null).ToLookup(l => l.Recipe!, StringComparer.Ordinal);
        _categories = categories;
    }

    public required ImmutableArray<Recipe> Recipes { get; init; }

    public required ImmutableArray<LeftOutRecipe> LeftOut { get; init; }

    /// <param name="recipes">All that the build of the image uses.</param>
    /// <param name="onlyCopyleft">Leave out what no licence obliges to offer.</param>
    public static SourceSelection Of(ImmutableArray<Recipe> recipes, RootfsManifest rootfs, LicenseCategories categories, bool onlyCopyleft)
    {
        var reasons = new SourceSelection(rootfs, categories) { Recipes = [], LeftOut = [] };
        var judged = recipes.Select(r => (Recipe: r, Reason: onlyCopyleft ? reasons.WhyNot(r) : null)).ToArray();
        return new(rootfs, categories)
        {
            Recipes = [.. judged.Where(j => j.Reason is null).Select(j => j.Recipe)],
            LeftOut = [.. judged.Where(j => j.Reason is not null).Select(j => new LeftOutRecipe(j.Recipe.Name, j.Recipe.Get("PV") ?? "", reasons.LicenseOf(j.Recipe), j.Reason!))],
        };
    }

    /// <summary>Names of what the image has of a recipe.</summary>
    public ImmutableArray<string> PackagesOf(Recipe recipe) => [.. _packages[recipe.Name].Select(p => p.Name).Order(StringComparer.Ordinal)];

    /// <summary>Of what is in the image, where something is: a recipe's packages can have licences of their own.</summary>
    public string LicenseOf(Recipe recipe)
    {
        var licenses = TermsOf(recipe).Where(l => l.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return licenses.Length == 0 ? recipe.Get("LICENSE") ?? "" : string.Join(" AND ", licenses.Length == 1 ? licenses : licenses.Select(l => l.Contains(' ') ? $"({l})" : l));
    }

    /// <summary>
    /// What its packages are under, what was linked into them, and what of it was linked into others. A compiler's own code, which has an
    /// exception for this, obliges nobody.
    /// </summary>
    private IEnumerable<string> TermsOf(Recipe recipe)
    {
        var own = _packages[recipe.Name].SelectMany(p => p.Linked.Select(l => l.License).Where(l => !l.Contains(" WITH ", StringComparison.Ordinal)).Prepend(p.License));
        return own.Concat(_linked[recipe.Name].Select(l => l.License));
    }

    private string? WhyNot(Recipe recipe)
    {
        if (!_packages.Contains(recipe.Name) && !_linked.Contains(recipe.Name)) return "nothing of it is in the image";
        var licenses = TermsOf(recipe).Distinct(StringComparer.Ordinal).Select(l => LicenseExpression.Parse(l, default, new())).ToArray();
        // What cannot be understood may oblige.
        if (licenses.Any(l => l is null || _categories.ObligesToSource(l))) return null;
        var kinds = licenses.SelectMany(l => l!.Licenses).Select(_categories.Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return $"no licence of it obliges to offer sources ({string.Join(", ", kinds)})";
    }
}
