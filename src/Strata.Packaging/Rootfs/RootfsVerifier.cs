using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Checks that a root file system has what running it will need.</summary>
internal static class RootfsVerifier
{
    private const int TemporaryMode = 0x3FF;
    private const int AnyExecutes = 0x49;

    private static readonly ImmutableArray<string> s_directories = ["/dev", "/etc", "/proc", "/root", "/run", "/sys", "/tmp", "/usr", "/var"];
    private static readonly ImmutableArray<string> s_files = ["/etc/group", "/etc/hostname", "/etc/passwd", "/etc/resolv.conf"];
    private static readonly ImmutableArray<string> s_merged = ["/bin", "/lib", "/lib32", "/lib64", "/sbin"];

    public static void Verify(RootfsTree tree, PackageSelection selection, PackageIndex index, RootfsRequest request, Diagnostics diagnostics)
    {
        if (request.RequireBasics)
        {
            var missing = s_directories.Where(d => !(tree.TryResolve(d, out var found) && found.IsDirectory))
                // A dangling link is fine for a file: /etc/resolv.conf usually points into /run.
                .Concat(s_files.Where(f => tree.Find(f) is null && !tree.TryResolve(f, out _))).ToImmutableArray();
            if (!missing.IsEmpty) diagnostics.Add(PackagingRules.BasicsMissing(request.Place, missing));
            if (tree.TryResolve("/tmp", out var temporary) && temporary.File.Mode != TemporaryMode)
                diagnostics.Add(PackagingRules.TemporaryMode(request.Place, temporary.File.Mode));
        }
        if (request.MergedUsr)
            foreach (var name in s_merged)
                if (tree.Find(name) is { IsDirectory: true } directory) diagnostics.Add(PackagingRules.UsrNotMerged(request.Place, directory));
        // Of a closure of programs, the closure itself has said what is missing.
        if (!request.Programs.IsEmpty) return;
        foreach (var package in selection.Packages)
            foreach (var interpreter in package.Manifest.Interpreters)
                if (!tree.TryResolve(interpreter, out _)) diagnostics.Add(PackagingRules.InterpreterMissing(request.Place, package.Name, interpreter));
        VerifyScripts(tree, index, request, diagnostics);
    }

    /// <summary>One finding per package and program, however many scripts it has.</summary>
    private static void VerifyScripts(RootfsTree tree, PackageIndex index, RootfsRequest request, Diagnostics diagnostics)
    {
        var missing =
            from entry in tree.Entries
            where entry is { ContentPath: not null, Package: not null, File.Kind: FileKind.File } && (entry.File.Mode & AnyExecutes) != 0
            from places in ScriptInterpreter.ProgramsOf(entry.ContentPath!)
            where !places.Any(p => tree.TryResolve(p, out _))
            group entry.Path by (Package: entry.Package!, Places: string.Join(' ', places));
        foreach (var scripts in missing)
        {
            var (package, places) = (scripts.Key.Package, scripts.Key.Places.Split(' '));
            diagnostics.Add(PackagingRules.ScriptInterpreterMissing(request.Place, package, [.. scripts.Order(StringComparer.Ordinal)], places[0], places.SelectMany(index.OwnersOf).FirstOrDefault()));
        }
    }
}
