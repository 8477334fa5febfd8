using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>The quality checks of packages, each of which a recipe or a distribution can silence by name.</summary>
internal sealed class PackageChecks(PackageSplitRequest request, QaReport report)
{
    private const int MaxListed = 20;

    private readonly PathChecks _paths = new(request, report);
    private readonly ElfMachine? _machine = request.TargetArchitecture is { } name ? ElfMachine.Of(name) : null;

    public void CheckUnshipped(ImmutableArray<string> paths)
    {
        if (paths.IsEmpty) return;
        var listed = string.Join("", paths.Take(MaxListed).Select(p => $"\n    {p}"));
        var more = paths.Length > MaxListed ? $"\n    … and {paths.Length - MaxListed} more" : "";
        report.Add(QaRule.InstalledNotShipped, null, $"{paths.Length} installed {(paths.Length == 1 ? "path is" : "paths are")} in no package:{listed}{more}\n   ",
            $"add FILES:{request.Recipe} += \"{string.Join(' ', Covering(paths))}\", or remove them at the end of do_install");
    }

    public void CheckFilesVariable(PackageSpec package)
    {
        foreach (var pattern in package.Files)
            if (!pattern.StartsWith('/') || pattern.Contains("//", StringComparison.Ordinal))
                report.Add(QaRule.BadFilesPath, package, $"FILES:{package.Name} has '{pattern}'", "write an absolute path without '//'");
    }

    public void Check(PackageDraft package)
    {
        foreach (var file in package.Files)
        {
            CheckName(package, file.File);
            _paths.Check(package, file);
            if (file.Content is not { } content) continue;
            if (content.BuildPath is { } text)
                report.Add(BuildPathRule(file.File.Path), package.Spec, $"'{file.File.Path}' of package '{package.Name}' contains the text '{text}'",
                    "compile with -ffile-prefix-map, or remove the path in do_install");
            if (content.Elf is { } elf) CheckElf(package, file.File.Path, elf);
        }
        CheckDependencies(package);
        CheckLibraries(package);
    }

    /// <summary>Descriptions of libraries lead whoever builds against them to the wrong place; elsewhere the text may not matter.</summary>
    private static QaRule BuildPathRule(string path) =>
        path.EndsWith(".la", StringComparison.Ordinal) ? QaRule.BuildPathInLibtool
        : PkgConfigFile.ModuleOf(path) is not null ? QaRule.BuildPathInPkgConfig
        : QaRule.BuildPath;

    private void CheckName(PackageDraft package, PackagedFile file)
    {
        var (name, path) = (package.Name, file.Path);
        var isLink = file.Kind == FileKind.SymbolicLink;
        if (isLink && path.EndsWith(".so", StringComparison.Ordinal) && !EndsInAny(name, "-dev", "-dbg", "-ptest"))
            report.Add(QaRule.DevelopmentLink, package.Spec, $"package '{name}' contains the link '{path}', which only compilers need",
                $"name it in FILES:{request.Recipe}-dev, or set INSANE_SKIP:{name} += \"dev-so\" for a plug-in");
        if (isLink && request.BuildPaths.Any(p => file.Target!.StartsWith(p, StringComparison.Ordinal)))
            report.Add(QaRule.LinkToBuild, package.Spec, $"'{path}' of package '{name}' points to '{file.Target}'", "make the link relative in do_install");
        if (file.Kind == FileKind.File && path.EndsWith(".a", StringComparison.Ordinal) && !path.EndsWith("_nonshared.a", StringComparison.Ordinal)
            && !EndsInAny(name, "-staticdev", "-pic", "-ptest"))
            report.Add(QaRule.StaticLibrary, package.Spec, $"package '{name}' contains the static library '{path}'",
                $"name it in FILES:{request.Recipe}-staticdev, or configure with --disable-static");
    }

    private void CheckElf(PackageDraft package, string path, ElfFile elf)
    {
        if (_machine is { } machine && elf.Machine != machine)
            report.Add(QaRule.WrongArchitecture, package.Spec,
                $"'{path}' of package '{package.Name}' is for {elf.Machine}, the target is {request.TargetArchitecture}",
                "build it with ${CC}, not with a compiler of the build machine");
        foreach (var directory in elf.RunPaths) CheckRunPath(package, path, directory);
        if (elf.HasTextRelocations)
            report.Add(QaRule.TextRelocation, package.Spec, $"'{path}' of package '{package.Name}' has relocations in its code", "compile with -fPIC");
        if (package.Name.EndsWith("-dev", StringComparison.Ordinal) && path.EndsWith(".so", StringComparison.Ordinal))
            report.Add(QaRule.LibraryInDevelopment, package.Spec, $"package '{package.Name}' contains the shared library '{path}' itself, not a link to it",
                $"name it in FILES:{request.Recipe}");
    }

    private void CheckRunPath(PackageDraft package, string path, string directory)
    {
        // An empty, relative or build-time directory lets whoever can write there put code into the program.
        var isAbsolute = directory.StartsWith('/');
        var isOrigin = directory.StartsWith("$ORIGIN", StringComparison.Ordinal) || directory.StartsWith("${ORIGIN}", StringComparison.Ordinal);
        if ((!isAbsolute && !isOrigin) || directory.StartsWith("/build/", StringComparison.Ordinal) || directory.StartsWith("/tmp", StringComparison.Ordinal))
            report.Add(QaRule.UnsafeRunPath, package.Spec, $"'{path}' of package '{package.Name}' searches libraries in '{directory}'",
                "configure with --disable-rpath, or link without -Wl,-rpath");
        else if (request.LibraryDirectories.Contains(directory.TrimEnd('/'), StringComparer.Ordinal))
            report.Add(QaRule.UselessRunPath, package.Spec, $"'{path}' of package '{package.Name}' searches '{directory}', which is searched anyway",
                "configure with --disable-rpath");
    }

    private void CheckDependencies(PackageDraft package)
    {
        foreach (var need in RuntimeDependency.ParseList(package.Spec.Depends).Where(n => n.Contains('(') && PackageRelation.Parse(n).Operator.Length == 0))
            report.Add(QaRule.BadConstraint, package.Spec, $"RDEPENDS:{package.Name} has '{need}'", "write 'name (>= version)', with one of < <= = >= >");
        var names = RuntimeDependency.ParseList(package.Spec.Depends).Select(RuntimeDependency.NameOf).ToImmutableArray();
        foreach (var name in names.Where(n => n.StartsWith("virtual/", StringComparison.Ordinal)))
            report.Add(QaRule.BuildNameDependency, package.Spec, $"RDEPENDS:{package.Name} names '{name}', which only DEPENDS can",
                $"name the package, or let it say RPROVIDES = \"virtual-{name["virtual/".Length..]}\" and name that");

        if (EndsInAny(package.Name, "-dev", "-staticdev", "-dbg", "-ptest", "-src")) return;
        foreach (var name in names.Where(n => n.EndsWith("-dbg", StringComparison.Ordinal)))
            report.Add(QaRule.DebugDependency, package.Spec, $"RDEPENDS:{package.Name} names '{name}'", $"remove '{name}'");
        foreach (var name in names)
            if (EndsInAny(name, "-dev", "-staticdev"))
                report.Add(QaRule.DevelopmentDependency, package.Spec, $"RDEPENDS:{package.Name} names '{name}'", $"remove '{name}', or name its run-time package");
    }

    private void CheckLibraries(PackageDraft package)
    {
        foreach (var users in package.Libraries.Unresolved.GroupBy(u => u.Soname, u => u.File, StringComparer.Ordinal))
            report.Add(QaRule.LibraryNotFound, package.Spec,
                $"'{users.First()}' of package '{package.Name}' needs '{users.Key}', which no package of this recipe or of its dependencies provides",
                $"add the recipe that provides {users.Key} to DEPENDS");
        foreach (var (file, version, provider) in package.Libraries.MissingVersions)
            report.Add(QaRule.VersionNotFound, package.Spec, $"'{file}' of package '{package.Name}' needs the version {version.Name} of {version.Soname}, which package '{provider}' does not have",
                $"link against the {version.Soname} of '{provider}': is another one in the recipe's sources or an option of the linker?");
    }

    public void CheckModules(PackageDraft package, IEnumerable<(string File, string Module)> missing)
    {
        foreach (var (file, module) in missing)
            report.Add(QaRule.ModuleNotFound, package.Spec, $"'{file}' of package '{package.Name}' requires the pkg-config module '{module}', which no package of this recipe or of its dependencies has",
                $"add the recipe that installs {module}.pc to DEPENDS");
    }

    /// <summary>The fewest paths that name everything unshipped: a directory instead of its files when nothing below it is packaged.</summary>
    private IEnumerable<string> Covering(ImmutableArray<string> paths) =>
        paths.GroupBy(p => Path.GetDirectoryName(p)!, StringComparer.Ordinal).SelectMany(g => g.Count() > 2 && g.Key != "/" ? [$"{g.Key}/*"] : g.AsEnumerable());

    private static bool EndsInAny(string name, params ReadOnlySpan<string> suffixes)
    {
        foreach (var suffix in suffixes)
            if (name.EndsWith(suffix, StringComparison.Ordinal)) return true;
        return false;
    }
}
