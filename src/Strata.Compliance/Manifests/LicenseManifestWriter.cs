using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Writes what Yocto users expect beside an image: <c>license.manifest</c>, <c>package.manifest</c> and the texts of the recipes in it.</summary>
public static class LicenseManifestWriter
{
    public const string LicenseManifestName = "license.manifest";
    public const string PackageManifestName = "package.manifest";
    public const string LicensesDirectory = "licenses";

    public static void Write(LicenseManifestRequest request, Diagnostics diagnostics)
    {
        var artifacts = RecipeArtifact.ReadAll(request.LicenseArtifacts);
        AtomicFile.WriteAllText(Path.Combine(request.OutputDirectory, LicenseManifestName), LicenseManifest(request.Rootfs, artifacts));
        AtomicFile.WriteAllText(Path.Combine(request.OutputDirectory, PackageManifestName), PackageManifest(request.Rootfs));
        CopyTexts(request, artifacts, diagnostics);
    }

    /// <summary>Yocto's format, block for block; the version is PV. A further line names what was linked into files of the package.</summary>
    private static string LicenseManifest(RootfsManifest rootfs, ImmutableSortedDictionary<string, RecipeArtifact> artifacts)
    {
        var text = new StringBuilder();
        foreach (var package in Sorted(rootfs))
        {
            text.Append("PACKAGE NAME: ").Append(package.Name).Append('\n')
                .Append("PACKAGE VERSION: ").Append(package.Version).Append('\n')
                .Append("RECIPE NAME: ").Append(package.Recipe).Append('\n')
                .Append("LICENSE: ").Append(package.License).Append('\n');
            if (!package.Linked.IsEmpty) text.Append("LINKED: ").Append(LinkedTerms.Text(LinkedTerms.Of(package, artifacts))).Append('\n');
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>What an image can carry itself, where Yocto has it: the manifest, and the texts of the recipes in it and of what is linked in.</summary>
    public static IEnumerable<(string Path, byte[] Content)> InImage(RootfsManifest rootfs, ImmutableArray<string> licenseArtifacts, bool manifest, bool texts)
    {
        const string directory = "/usr/share/common-licenses";
        var artifacts = RecipeArtifact.ReadAll(licenseArtifacts);
        if (manifest) yield return ($"{directory}/{LicenseManifestName}", Encoding.UTF8.GetBytes(LicenseManifest(rootfs, artifacts)));
        if (!texts) yield break;
        foreach (var recipe in Recipes(rootfs))
            if (artifacts.TryGetValue(recipe, out var artifact))
                foreach (var text in artifact.Licenses.Texts) yield return ($"{directory}/{recipe}/{text.File}", File.ReadAllBytes(artifact.PathOf(text)));
    }

    private static IEnumerable<string> Recipes(RootfsManifest rootfs) =>
        rootfs.Packages.SelectMany(p => p.Linked.Select(l => l.Recipe).OfType<string>().Prepend(p.Recipe)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>One line a package: name, architecture, version with revision.</summary>
    public static string PackageManifest(RootfsManifest rootfs)
    {
        var text = new StringBuilder();
        foreach (var package in Sorted(rootfs))
            text.Append(package.Name).Append(' ').Append(package.Architecture).Append(' ').Append(package.FullVersion).Append('\n');
        return text.ToString();
    }

    private static void CopyTexts(LicenseManifestRequest request, ImmutableSortedDictionary<string, RecipeArtifact> artifacts, Diagnostics diagnostics)
    {
        foreach (var recipe in Recipes(request.Rootfs))
        {
            if (!artifacts.TryGetValue(recipe, out var artifact))
            {
                diagnostics.Add(ComplianceRules.NoArtifact(request.Place, recipe));
                continue;
            }
            var target = Path.Combine(request.OutputDirectory, LicensesDirectory, recipe);
            Directory.CreateDirectory(target);
            foreach (var text in artifact.Licenses.Texts)
                File.WriteAllBytes(Path.Combine(target, text.File), File.ReadAllBytes(artifact.PathOf(text)));
        }
    }

    private static IEnumerable<InstalledPackage> Sorted(RootfsManifest rootfs) => rootfs.Packages.OrderBy(p => p.Name, StringComparer.Ordinal);
}
