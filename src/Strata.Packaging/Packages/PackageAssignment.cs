using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Gives each entry of an install tree to the first package whose FILES name it.</summary>
internal static class PackageAssignment
{
    public static void Assign(InstallEntry root, ImmutableArray<PackageSpec> packages, SourceSpan place, Diagnostics diagnostics)
    {
        for (var index = 0; index < packages.Length; index++)
        {
            var package = packages[index];
            foreach (var word in package.Files)
            {
                var pattern = new FilesPattern(word);
                foreach (var entry in pattern.Find(root, PassedLink(package, pattern, place, diagnostics)).ToList()) Give(entry, index);
            }
            if (package.Name.EndsWith("-dbg", StringComparison.Ordinal)) GiveDebugFiles(root, index);
        }
    }

    /// <summary>Everything that no package got: files, links and directories with nothing packaged below.</summary>
    public static ImmutableArray<string> Unassigned(InstallEntry root) =>
        [.. root.Subtree().Where(e => e.Path != "/" && (e.IsDirectory ? !IsShipped(e) && e.Children.Count == 0 : e.Package < 0)).Select(e => e.Path)];

    /// <summary>A directory is shipped with its content, or for its own sake when FILES names it.</summary>
    private static bool IsShipped(InstallEntry directory) => directory.Subtree().Any(e => e.Package >= 0);

    private static void Give(InstallEntry entry, int package)
    {
        foreach (var one in entry.Subtree())
            if (one.Package < 0 && one.Path != "/") one.Package = package;
    }

    /// <summary>What split off debug information lies in <c>.debug</c> directories, wherever those are.</summary>
    private static void GiveDebugFiles(InstallEntry root, int package)
    {
        foreach (var directory in root.Subtree().Where(e => e.IsDirectory && e.Path.EndsWith("/.debug", StringComparison.Ordinal)).ToList())
            Give(directory, package);
    }

    private static Action<InstallEntry> PassedLink(PackageSpec package, FilesPattern pattern, SourceSpan place, Diagnostics diagnostics) =>
        link => diagnostics.Add(PackagingRules.ThroughLink(place, package.Name, pattern.Text, link.Path, link.Target ?? ""));
}
