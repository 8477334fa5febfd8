using Strata.Compliance;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Cli.Licenses;

/// <summary>
/// What can be known of licences once the tasks of a build are known, before any of them runs: flags of recipes, and for each image the packages that it
/// names with what these need by RDEPENDS. Which libraries a package links is known only later; the image's licence manifest checks what is installed.
/// </summary>
internal sealed class LicenseCheck
{
    private readonly Recipe[] _recipes;
    private readonly DateOnly _today;
    private readonly Diagnostics _diagnostics;
    private readonly Lazy<Dictionary<string, (Recipe Recipe, string Package)>> _packages;

    private LicenseCheck(LoadedMetadata metadata, TaskGraph graph, DateOnly today, Diagnostics diagnostics)
    {
        var needed = graph.Tasks.Select(t => (t.RecipeFile, t.RecipeName)).ToHashSet();
        _recipes = [.. metadata.Recipes.Where(r => needed.Contains((r.File, r.Name)))];
        (_today, _diagnostics, _packages) = (today, diagnostics, new(Packages));
    }

    /// <param name="today">For exceptions that have ended. Reaches no key.</param>
    public static void Run(LoadedMetadata metadata, TaskGraph graph, DateOnly today, Diagnostics diagnostics)
    {
        var check = new LicenseCheck(metadata, graph, today, diagnostics);
        try
        {
            foreach (var recipe in check._recipes) check.CheckFlags(recipe);
            var images = graph.Tasks.Where(t => t.Builtin == "rootfs").Select(t => (t.RecipeFile, t.RecipeName)).ToHashSet();
            foreach (var image in check._recipes.Where(r => images.Contains((r.File, r.Name)))) check.CheckImage(image);
        }
        catch (ExpansionException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
    }

    private void CheckFlags(Recipe recipe)
    {
        var flags = Words.Of(recipe.Variables.Get("LICENSE_FLAGS"));
        if (flags.Length == 0) return;
        foreach (var flag in LicenseFlags.NotAccepted(flags, Words.Of(recipe.Variables.Get("LICENSE_FLAGS_ACCEPTED")), recipe.Name))
            _diagnostics.Add(ComplianceRules.FlagNotAccepted(recipe.Variables.PlaceOf("LICENSE_FLAGS"), recipe.Name, flag, recipe.Variables.GetFlag("LICENSE_FLAGS_DETAILS", flag) ?? ""));
    }

    private void CheckImage(Recipe image)
    {
        var policy = LicensePolicyReader.Read(image.Variables.Get, name => image.Variables.PlaceOf(name), _diagnostics);
        if (policy.IsEmpty) return;
        var recommends = !(image.Variables.Get("NO_RECOMMENDATIONS") is { Length: > 0 } and not "0");
        var excluded = Words.Of(image.Variables.Get("PACKAGE_EXCLUDE")).ToHashSet(StringComparer.Ordinal);
        var unwanted = Words.Of(image.Variables.Get("BAD_RECOMMENDATIONS")).ToHashSet(StringComparer.Ordinal);
        var named = Words.Of(image.Variables.Get("IMAGE_INSTALL")).Where(p => !excluded.Contains(p)).Select(Real);
        foreach (var (name, path) in DependencyPaths.Find(named, Needs))
            if (_packages.Value.TryGetValue(name, out var package)) Judge(package.Recipe, name, path);

        IEnumerable<string> Needs(string name) => !_packages.Value.TryGetValue(name, out var package) ? []
            : Names(package, "RDEPENDS").Concat(recommends ? Names(package, "RRECOMMENDS").Where(n => !unwanted.Contains(n)) : []).Where(n => !excluded.Contains(n)).Select(Real);

        void Judge(Recipe recipe, string name, System.Collections.Immutable.ImmutableArray<string> path)
        {
            var license = recipe.Variables.Get($"LICENSE:{name}") ?? recipe.Variables.Get("LICENSE") ?? "";
            var verdict = new PackageVerdict(name, recipe.Name, license, policy.Judge(name, license, _today), path);
            // What needs review is said when the image is made; here it would be said in every build.
            if (verdict.Verdict.Decision != PolicyDecision.Deny && !verdict.Verdict.Findings.Any(f => f.Exception is { } e && e.HasExpired(_today))) return;
            foreach (var problem in ComplianceRules.Against(recipe.Variables.PlaceOf("LICENSE", name), image.Name, verdict, _today)) _diagnostics.Add(problem);
        }
    }

    /// <summary>The package that a name of RPROVIDES means.</summary>
    private string Real(string name) => _packages.Value.TryGetValue(name, out var package) ? package.Package : name;

    private static IEnumerable<string> Names((Recipe Recipe, string Package) package, string variable) =>
        [.. DependencyList.Names(package.Recipe.Variables.Get(variable)), .. DependencyList.Names(package.Recipe.Variables.Get($"{variable}:{package.Package}"))];

    private Dictionary<string, (Recipe Recipe, string Package)> Packages()
    {
        var found = new Dictionary<string, (Recipe, string)>(StringComparer.Ordinal);
        var all = _recipes.SelectMany(r => Words.Of(r.Variables.Get("PACKAGES")).Select(p => (Recipe: r, Package: p))).ToList();
        foreach (var package in all) _ = found.TryAdd(package.Package, package);
        foreach (var package in all)
            foreach (var name in Names(package, "RPROVIDES")) _ = found.TryAdd(name, package);
        return found;
    }
}
