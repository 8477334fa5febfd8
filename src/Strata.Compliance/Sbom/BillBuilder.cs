using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Joins a root file system with the evidence of its recipes.</summary>
public sealed class BillBuilder
{
    private readonly BillRequest _request;
    private readonly Diagnostics _diagnostics;
    private readonly ImmutableSortedDictionary<string, RecipeArtifact> _recipes;
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);

    private BillBuilder(BillRequest request, Diagnostics diagnostics)
    {
        (_request, _diagnostics) = (request, diagnostics);
        _recipes = RecipeArtifact.ReadAll(request.LicenseArtifacts);
    }

    /// <summary>Reports recipes without evidence; their packages are in the bill all the same, with nothing asserted.</summary>
    public static BillOfMaterials Build(BillRequest request, Diagnostics diagnostics) => new BillBuilder(request, diagnostics).Run();

    private BillOfMaterials Run()
    {
        var packages = _request.Rootfs.Packages.Select(Package).ToImmutableArray();
        var recipes = _request.Rootfs.Packages.Select(p => p.Recipe).Concat(packages.SelectMany(p => p.Linked).Select(l => l.Recipe).OfType<string>()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Recipe).OfType<BillRecipe>().ToImmutableArray();
        return new()
        {
            Name = _request.Name,
            Version = _request.Version,
            Origin = _request.Origin,
            Packages = packages,
            Recipes = recipes,
            Components = Components(packages),
            Generated = _request.Rootfs.Generated,
            LicenseTexts = _texts.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Identity = IdentityOf(packages, recipes),
        };
    }

    private BillPackage Package(InstalledPackage package)
    {
        var recipe = _recipes.GetValueOrDefault(package.Recipe);
        var license = Expression(package.License, recipe);
        var own = Concluded(license, recipe);
        var linked = LinkedTerms.Of(package, _recipes);
        return new()
        {
            Package = package,
            Linked = linked,
            ConcludedOwn = own,
            DeclaredLicense = license,
            ConcludedLicense = own == BillOfMaterials.NoAssertion ? own : Joined(own, linked),
            Copyright = Copyright(recipe),
            Purl = PackageUrl.OfPackage(package.Name, package.FullVersion, package.Architecture),
            Cpes = recipe?.Licenses.Cpes ?? [],
        };
    }

    private string Joined(string own, ImmutableArray<LinkedCode> linked)
    {
        // Texts of licences that the SPDX list lacks are those of the recipe that the code comes from.
        foreach (var code in linked) _ = ExpressionOf(code);
        return LinkedTerms.Joined(own, linked) is { } terms ? Expression(terms, null) : BillOfMaterials.NoAssertion;
    }

    private string ExpressionOf(LinkedCode code) =>
        code.License.Length > 0 ? Expression(code.License, code.Recipe is { } recipe ? _recipes.GetValueOrDefault(recipe) : null) : BillOfMaterials.NoAssertion;

    /// <summary>A piece that is in several packages is one component.</summary>
    private ImmutableArray<BillComponent> Components(ImmutableArray<BillPackage> packages) =>
        [.. from package in packages
            from code in package.Linked
            group (package, code) by SpdxNames.Linked($"{code.Kind}".ToLowerInvariant(), code.Name, code.Version) into same
            orderby same.Key
            let code = same.First().code
            select new BillComponent
            {
                Id = same.Key, Kind = code.Kind, Name = code.Name, Version = code.Version, Recipe = code.Recipe,
                License = ExpressionOf(code),
                Purl = PackageUrl.OfLinked(code, same.First().package.Package.Architecture),
                In = [.. same.SelectMany(s => s.code.Files.Select(f => (s.package.Package.Name, f))).Distinct().Order()],
            }];

    private BillRecipe? Recipe(string name)
    {
        if (!_recipes.TryGetValue(name, out var recipe))
        {
            _diagnostics.Add(ComplianceRules.NoArtifact(_request.Place, name));
            return null;
        }
        var license = Expression(recipe.Licenses.License, recipe);
        return new()
        {
            Recipe = recipe.Licenses,
            DeclaredLicense = license,
            ConcludedLicense = Concluded(license, recipe),
            Copyright = Copyright(recipe),
            Purl = PackageUrl.OfRecipe(recipe.Licenses),
        };
    }

    /// <summary>Canonical, with the texts of what the SPDX list lacks kept for the document. The recipe's own task has reported what is wrong with it.</summary>
    private string Expression(string license, RecipeArtifact? recipe)
    {
        if (LicenseExpression.Parse(license, default, new())?.Normalize().WithReferences() is not { } expression) return BillOfMaterials.NoAssertion;
        foreach (var reference in expression.Licenses.Where(l => l.IsReference))
            if (!_texts.ContainsKey(reference.Id)) _texts.Add(reference.Id, TextOf(reference, recipe));
        return expression.ToString();
    }

    private static string TextOf(LicenseExpression.License reference, RecipeArtifact? recipe) =>
        recipe is { Licenses.Texts.Length: > 0 }
            ? string.Join("\n", recipe.Licenses.Texts.Select(t => recipe.ReadText(t)))
            : $"{reference.Id["LicenseRef-".Length..]}: the recipe names no text for this licence.";

    private static string Concluded(string declared, RecipeArtifact? recipe) => recipe is { Licenses.Texts.Length: > 0 } ? declared : BillOfMaterials.NoAssertion;

    private static string Copyright(RecipeArtifact? recipe) =>
        recipe is { Licenses.Detected.Copyrights.Length: > 0 } ? string.Join('\n', recipe.Licenses.Detected.Copyrights) : BillOfMaterials.NoAssertion;

    private Digest IdentityOf(ImmutableArray<BillPackage> packages, ImmutableArray<BillRecipe> recipes)
    {
        var text = new StringBuilder();
        Add(_request.Name, _request.Version, _request.Origin.Supplier, _request.Origin.SupplierUrl, _request.Origin.NamespacePrefix, _request.Origin.ToolVersion,
            _request.Origin.Created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        foreach (var package in packages)
        {
            Add(package.Purl, package.DeclaredLicense, package.ConcludedLicense, package.Copyright, string.Join(' ', package.Package.Depends));
            foreach (var file in package.Files) Add(file.Path, file.Sha256!);
            foreach (var code in package.Linked) Add(code.Name, code.Version, code.License, string.Join(' ', code.Files));
        }
        foreach (var file in _request.Rootfs.Generated) Add(file.Path, file.Sha256 ?? "");
        foreach (var recipe in recipes)
        {
            Add(recipe.Purl, recipe.DeclaredLicense, recipe.ConcludedLicense, recipe.Copyright);
            foreach (var source in recipe.Recipe.Sources) Add(source.Address, source.Sha256 ?? source.Revision ?? "");
        }
        return Digest.Of(text.ToString());

        // No value has a NUL, so no two lists of values give one text.
        void Add(params ReadOnlySpan<string> values)
        {
            foreach (var value in values) text.Append(value).Append('\0');
        }
    }
}
