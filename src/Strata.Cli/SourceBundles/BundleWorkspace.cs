using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Cli.SourceBundles;

/// <summary>The workspace inside of a bundle: the configuration of the build, with layers and sources from the bundle and nothing from anywhere else.</summary>
internal static class BundleWorkspace
{
    private const string ListFile = "conf/bblayers.conf";

    /// <summary>Where things lie on one machine; no part of what is built.</summary>
    private static readonly string[] s_placesOfOneMachine = ["DL_DIR", "SSTATE_DIR", "TMPDIR", "BB_NO_NETWORK"];

    /// <summary>Files of the workspace that the build reads, relative to it and ordinal; the list of layers is not among them.</summary>
    public static ImmutableArray<string> FilesOf(BundleRequest request)
    {
        var top = request.Workspace.TopDirectory;
        return [.. request.Files.Where(f => BundledFiles.IsBelow(f, top) && !request.Layers.Any(l => BundledFiles.IsBelow(f, l.Directory)) && !BundledFiles.IsBelow(f, request.Workspace.BuildDirectory))
            .Select(f => Path.GetRelativePath(top, f)).Where(f => f != ListFile).Order(StringComparer.Ordinal)];
    }

    /// <summary>Files that the build reads from elsewhere.</summary>
    public static IEnumerable<string> FilesOutside(BundleRequest request) =>
        request.Files.Where(f => !BundledFiles.IsBelow(f, request.Workspace.TopDirectory) && !request.Layers.Any(l => BundledFiles.IsBelow(f, l.Directory)));

    /// <param name="layers">Paths below the bundle, in the order of BBLAYERS.</param>
    public static void Write(BundleRequest request, string directory, IEnumerable<string> layers)
    {
        foreach (var file in FilesOf(request)) BundleDirectory.Copy(Path.Combine(request.Workspace.TopDirectory, file), Path.Combine(directory, file));
        var text = new StringBuilder("# Written by 'strata license sources': what was chosen when the image was built, and where everything lies in the bundle.\n");
        foreach (var (name, value) in request.Workspace.Variables.Where(v => !s_placesOfOneMachine.Contains(v.Key)))
            text.Append(name).Append(" = \"").Append(value.Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"\n");
        text.Append(WithoutLayers(File.ReadAllLines(Path.Combine(request.Workspace.TopDirectory, ListFile))));
        text.Append("BBLAYERS = \" \\\n").AppendJoin("", layers.Select(l => $"    ${{TOPDIR}}/../{l} \\\n")).Append("\"\n\n");
        foreach (var name in s_placesOfOneMachine) text.Append(name).Append(":forcevariable = \"").Append(PlaceInBundle(name)).Append("\"\n");
        text.Append("STRATA_REMOTES:forcevariable = \"\"\nMIRRORS:forcevariable = \"\"\nPREMIRRORS:forcevariable = \"").Append(OfflineMirror.Rules("${TOPDIR}/../sources")).Append("\"\n");
        AtomicFile.WriteAllText(Path.Combine(directory, ListFile), text.ToString());
    }

    private static string PlaceInBundle(string name) => name switch
    {
        "DL_DIR" => "${TOPDIR}/build/downloads",
        "SSTATE_DIR" => "${TOPDIR}/build/cache",
        "TMPDIR" => "${TOPDIR}/build/tmp",
        _ => "1",
    };

    /// <summary>The list of layers may set other variables as well; what it says of layers is about another machine.</summary>
    private static string WithoutLayers(string[] lines)
    {
        var kept = new StringBuilder();
        var (isContinued, isLayers) = (false, false);
        foreach (var line in lines)
        {
            if (!isContinued) isLayers = line.AsSpan().TrimStart() is ['B', 'B', 'L', 'A', 'Y', 'E', 'R', 'S', ' ' or '?' or '=' or '+' or '.' or ':', ..];
            if (!isLayers) kept.Append(line).Append('\n');
            isContinued = line.EndsWith('\\');
        }
        return kept.ToString();
    }
}
