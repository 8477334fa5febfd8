using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>
/// Automatic dependencies by pkg-config modules and by interpreters of scripts: a package of the recipe itself, or else of one in DEPENDS. What
/// is found nowhere is no dependency; for an interpreter, the image says so.
/// </summary>
internal sealed class FileRequirements
{
    /// <summary>Every system has one, and which package has it is the image's choice.</summary>
    private const string Shell = "/bin/sh";

    private readonly Dictionary<string, string> _modules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    public FileRequirements(ImmutableArray<PackageDraft> packages, ImmutableArray<PackageList> dependencies)
    {
        var all = packages.Select(p => (p.Name, Paths: p.Files.Select(f => f.File))).Concat(dependencies.SelectMany(d => d.Packages).Select(p => (p.Name, Paths: p.Files.AsEnumerable())));
        foreach (var (name, files) in all)
            foreach (var file in files.Where(f => f.Kind != FileKind.Directory))
                if (PkgConfigFile.ModuleOf(file.Path) is { } module) _modules.TryAdd(module, name);
                else if (RootfsPath.Name(RootfsPath.Parent(file.Path)) is "bin" or "sbin") _files.TryAdd(file.Path, name);
    }

    /// <summary>The packages needed, ordinal.</summary>
    public ImmutableArray<string> Find(PackageDraft package) =>
        [.. package.Files.SelectMany(Needs).Where(n => n != package.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Modules that a file of the package asks for and nobody here has.</summary>
    public IEnumerable<(string File, string Module)> MissingModules(PackageDraft package) =>
        package.Files.SelectMany(f => (f.Content?.PkgConfig ?? []).Where(m => !_modules.ContainsKey(m)).Select(m => (f.File.Path, m)));

    private IEnumerable<string> Needs(DraftFile file)
    {
        if (file.Content is not { } content) return [];
        var interpreters = content.Programs.Where(places => !places.Contains(Shell)).Select(places => places.Select(_files.GetValueOrDefault).FirstOrDefault(p => p is not null));
        return content.PkgConfig.Select(_modules.GetValueOrDefault).Concat(interpreters).OfType<string>();
    }
}
