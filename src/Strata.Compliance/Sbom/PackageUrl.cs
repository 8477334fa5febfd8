using System.Globalization;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Package URLs (purl-spec 1.0). No registry serves these packages, so the type is <c>generic</c>, told apart by qualifiers.</summary>
internal static class PackageUrl
{
    /// <summary>An installed package.</summary>
    public static string OfPackage(string name, string version, string architecture) =>
        string.Create(CultureInfo.InvariantCulture, $"pkg:generic/{Escape(name)}@{Escape(version)}?arch={Escape(architecture)}");

    /// <summary>What was linked in: a module or crate as its registry names it, else a package of this build or a part of the compiler.</summary>
    public static string OfLinked(LinkedCode code, string architecture)
    {
        var version = code.Version.Length > 0 ? $"@{Escape(code.Version)}" : "";
        return code.Kind switch
        {
            LinkKind.Go => $"pkg:golang/{string.Join('/', code.Name.Split('/').Select(Escape))}{version}",
            LinkKind.Rust when code.Name != RustLibrary => $"pkg:cargo/{Escape(code.Name)}{version}",
            _ when code.Recipe is not null => OfPackage(code.Name, code.Version, architecture),
            _ => $"pkg:generic/{Escape(code.Name)}{version}",
        };
    }

    private const string RustLibrary = "rust-std";

    /// <summary>Upstream's release, found by the place and digest of its first source.</summary>
    public static string OfRecipe(RecipeLicenses recipe)
    {
        var purl = $"pkg:generic/{Escape(recipe.Recipe)}@{Escape(recipe.Version)}";
        return recipe.Sources.FirstOrDefault(s => !s.IsLocal) switch
        {
            { Revision: { } revision } git => $"{purl}?vcs_url={Escape($"git+{git.Address}@{revision}")}",
            { Sha256: { } digest } file => $"{purl}?checksum={Escape("sha256:" + digest)}&download_url={Escape(file.Address)}",
            _ => purl,
        };
    }

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
