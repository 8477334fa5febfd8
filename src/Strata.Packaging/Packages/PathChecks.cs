using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>The quality checks that look at one entry of a package: where it lies, who may do what with it, how it begins.</summary>
internal sealed class PathChecks(PackageSplitRequest request, QaReport report)
{
    // The kernel before 5.1 cut the line there; other systems still do.
    private const int MaxInterpreterLine = 127;

    private const int PrivilegeBits = 0xC00, StickyBit = 0x200, WorldWriteBit = 2;

    private static readonly ImmutableArray<string> s_mountPoints = ["/dev/", "/media/", "/mnt/", "/proc/", "/run/", "/sys/", "/tmp/"];

    public void Check(PackageDraft package, DraftFile draft)
    {
        var (file, name) = (draft.File, package.Name);
        CheckMode(package, file);
        if (request.AlreadyStripped.Contains(file.Path, StringComparer.Ordinal))
            report.Add(QaRule.AlreadyStripped, package.Spec, $"'{file.Path}' of package '{name}' was stripped before packaging, so there are no debug symbols of it",
                "link without -s and install without 'install -s'; packaging strips");
        if (draft.Content is { InterpreterLine: > MaxInterpreterLine } content)
            report.Add(QaRule.LongInterpreterLine, package.Spec, $"the first line of '{file.Path}' of package '{name}' has {content.InterpreterLine} characters, {MaxInterpreterLine} are sure to work",
                "write '#!/usr/bin/env PROGRAM' in do_install");
        if (file.Kind == FileKind.File && IsDebugFile(file.Path) && !name.EndsWith("-dbg", StringComparison.Ordinal))
            report.Add(QaRule.DebugFile, package.Spec, $"package '{name}' contains the debug file '{file.Path}'", $"name it in FILES:{request.Recipe}-dbg, before other packages");
        if (file.Kind is FileKind.File or FileKind.HardLink && s_mountPoints.FirstOrDefault(m => file.Path.StartsWith(m, StringComparison.Ordinal)) is { } mount)
            report.Add(QaRule.FilledDirectory, package.Spec, $"'{file.Path}' of package '{name}' is hidden when the system mounts something over {mount}",
                "install it elsewhere, or make it when the system starts");
        if (file.Path == "/usr/share/info/dir")
            report.Add(QaRule.InfoDirectory, package.Spec, $"package '{name}' contains '{file.Path}', which every package with info pages would", $"remove '{file.Path}' at the end of do_install");
        if (RootfsPath.Name(file.Path) == "perllocal.pod")
            report.Add(QaRule.PerlIndex, package.Spec, $"package '{name}' contains '{file.Path}', which every package with Perl modules would", $"remove '{file.Path}' at the end of do_install");
        if (file.Kind != FileKind.Directory && request.BuildPaths.Any(p => file.Path.StartsWith(p, StringComparison.Ordinal)))
            report.Add(QaRule.ExpandedRoot, package.Spec, $"'{file.Path}' of package '{name}' lies below a build directory", "write ${D} once, not before a path that has it already");
        if (draft.Content?.Elf is { Type: ElfType.SharedObject, IsProgram: false, Soname: { } soname })
        {
            CheckSoname(package, file.Path, soname);
            CheckLibraryDirectory(package, file.Path);
        }
    }

    private void CheckMode(PackageDraft package, PackagedFile file)
    {
        if (file.Kind is FileKind.File or FileKind.HardLink && (file.Mode & PrivilegeBits) != 0 && !request.Ownership.Declares(file.Path))
            report.Add(QaRule.UndeclaredPrivilege, package.Spec, $"'{file.Path}' of package '{package.Name}' runs as {file.User}:{file.Group} whoever starts it (mode {OctalModeConverter.Text(file.Mode)})",
                $"if that is meant, add to FILE_OWNERS: '{file.Path} {file.User}:{file.Group} {OctalModeConverter.Text(file.Mode)}'");
        var isWritable = file.Kind is FileKind.File || (file.Kind == FileKind.Directory && (file.Mode & StickyBit) == 0);
        if (isWritable && (file.Mode & WorldWriteBit) != 0)
            report.Add(QaRule.WritableByAll, package.Spec, $"'{file.Path}' of package '{package.Name}' has mode {OctalModeConverter.Text(file.Mode)}", "use 'install -m' or chmod in do_install");
    }

    /// <summary>Where the program loader looks, it looks for the soname and nothing else.</summary>
    private void CheckSoname(PackageDraft package, string path, string soname)
    {
        var directory = RootfsPath.Parent(path);
        if (!request.LibraryDirectories.Contains(directory, StringComparer.Ordinal) || RootfsPath.Name(path) == soname) return;
        if (package.Files.Any(f => f.File.Path == $"{directory}/{soname}")) return;
        report.Add(QaRule.MissingSonameLink, package.Spec, $"package '{package.Name}' contains '{path}' without the link '{soname}' by which programs ask for it",
            $"add 'ln -s {RootfsPath.Name(path)} ${{D}}{directory}/{soname}' to do_install, or put the link into the same package");
    }

    /// <summary>On a machine without several kinds of libraries, /lib64 is a directory that nobody searches unless it is where LIBDIR is.</summary>
    private void CheckLibraryDirectory(PackageDraft package, string path)
    {
        var directory = RootfsPath.Parent(path);
        if (request.LibraryDirectory is not { } own || !request.LibraryDirectories.Contains(directory, StringComparer.Ordinal) || RootfsPath.Name(directory) == RootfsPath.Name(own)) return;
        report.Add(QaRule.ForeignLibraryDirectory, package.Spec, $"'{path}' of package '{package.Name}' is a library outside of '{own}'", "configure with --libdir=${libdir}, or move it at the end of do_install");
    }

    private static bool IsDebugFile(string path) =>
        path.EndsWith(".debug", StringComparison.Ordinal) || path.Contains("/.debug/", StringComparison.Ordinal) || path.StartsWith("/usr/lib/debug/", StringComparison.Ordinal);
}
