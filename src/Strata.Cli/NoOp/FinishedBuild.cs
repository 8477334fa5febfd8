using System.Text;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;
using Strata.Sandbox.HostPackages;

namespace Strata.Cli.NoOp;

/// <summary>
/// The memory of a build that succeeded: the stamps of everything it read and of everything it deployed. While all of them stand,
/// building again would change nothing, and one pass of stat(2) is the whole build.
/// </summary>
/// <remarks>A text file: a line with schema and identity, then <c>stamp path</c> per line. Anything unexpected in it means “not known”.</remarks>
public static class FinishedBuild
{
    private const string Schema = "strata/finished-build/2";

    /// <summary>Whether the same request succeeded before and nothing it read or deployed has changed since.</summary>
    public static bool StillStands(Workspace workspace, IEnumerable<string> request)
    {
        var identity = Identity(workspace, request);
        var file = PathOf(workspace, identity);
        if (!File.Exists(file)) return false;

        var lines = File.ReadAllLines(file);
        return lines is [var first, .. var stamps] && first == $"{Schema} {identity.Hex}" && stamps.All(Stands);
    }

    /// <param name="inputs">Every file and directory that was read or looked for in vain.</param>
    /// <param name="outputs">Every file that was deployed.</param>
    /// <param name="begun">When the build began. An input edited since then may have been read before the edit, so nothing is remembered.</param>
    public static void Remember(
        Workspace workspace, IEnumerable<string> request, IEnumerable<string> inputs, IEnumerable<string> outputs, DateTimeOffset begun)
    {
        var identity = Identity(workspace, request);
        var text = new StringBuilder().Append(Schema).Append(' ').Append(identity.Hex).Append('\n');
        foreach (var path in inputs.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var stamp = FileStamp.Of(path);
            if (!stamp.IsOlderThan(begun)) return;
            Append(text, path, stamp);
        }
        foreach (var path in outputs.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) Append(text, path, FileStamp.Of(path));
        AtomicFile.WriteAllText(PathOf(workspace, identity), text.ToString());
    }

    /// <summary>What a build of the graph reads or looks for in vain.</summary>
    public static IEnumerable<string> InputsOf(LoadedMetadata metadata, TaskGraph graph) =>
        [.. metadata.Inputs, .. graph.Tasks.SelectMany(t => t.LocalFiles), Path.Combine(DpkgDatabase.DefaultDirectory, "status")];

    private static void Append(StringBuilder text, string path, FileStamp stamp) => text.Append(stamp).Append(' ').Append(path).Append('\n');

    private static bool Stands(string line) =>
        line.Split(' ', 2) is [var text, var path] && FileStamp.TryParse(text, out var stamp) && stamp == FileStamp.Of(path);

    /// <summary>A different tool, workspace, variable or target is a different build.</summary>
    private static Digest Identity(Workspace workspace, IEnumerable<string> request)
    {
        var key = new KeyBuilder(Schema)
            .Add("tool", typeof(FinishedBuild).Assembly.ManifestModule.ModuleVersionId.ToString())
            .Add("top", workspace.TopDirectory)
            .Add("boot", Boots.Now.Boot)              // a machine that went down may have lost what was deployed
            .Add("request", string.Join('\n', request));
        foreach (var (name, value) in workspace.Variables) key.Add($"var:{name}", value);
        return key.Build().Digest;
    }

    private static string PathOf(Workspace workspace, Digest identity) =>
        Path.Combine(workspace.BuildDirectory, "cache", "finished", identity.Hex);
}
