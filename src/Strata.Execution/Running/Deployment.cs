using Strata.Core;

namespace Strata.Execution;

/// <summary>Copies artifacts to where users look for them. The store stays the original: what is deployed may be changed or deleted.</summary>
/// <param name="root">The deploy directory.</param>
internal sealed class Deployment(string root)
{
    /// <summary>
    /// Each top-level entry of the artifact replaces the one of the same name, complete or not at all; entries that the same task deployed
    /// before and no longer has go away. Does nothing when this artifact is there already.
    /// </summary>
    /// <param name="task">Such as <c>image:do_image_oci</c>.</param>
    /// <param name="directory">Relative to the deploy directory.</param>
    /// <param name="cancel">Leaves entries undeployed, none of them half.</param>
    public async Task DeployAsync(string task, string directory, Digest artifact, string source, CancellationToken cancel)
    {
        var target = Path.GetFullPath(Path.Combine(root, directory));
        var stamp = Path.Combine(root, ".stamps", task.Replace(':', '.'));
        var entries = Directory.EnumerateFileSystemEntries(source).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal).ToArray();
        // A machine that went down may have lost what was copied, and the copy has nothing that would show it.
        var wanted = string.Join('\n', [artifact.ToString(), Boots.Now.Boot, directory, .. entries]);
        var before = File.Exists(stamp) ? File.ReadAllText(stamp) : "";
        if (before == wanted && entries.All(e => Path.Exists(Path.Combine(target, e)) || IsLink(Path.Combine(target, e)))) return;

        await CopyAsync(source, target, entries, cancel);
        RemoveOld(before, target, directory, entries);
        AtomicFile.WriteAllText(stamp, wanted);
    }

    private static async Task CopyAsync(string source, string target, string[] entries, CancellationToken cancel)
    {
        Directory.CreateDirectory(target);
        if (entries is []) return;
        var scratch = AtomicFile.ScratchName(Path.Combine(target, ".new"));
        try
        {
            await DirectoryCopy.MakeAsync([.. entries.Select(e => Path.Combine(source, e))], scratch, cancel);
            await DirectoryCopy.RunAsync(["chmod", "-R", "u+w", "--", scratch], cancel);
            foreach (var entry in entries) Replace(Path.Combine(scratch, entry), Path.Combine(target, entry));
        }
        finally
        {
            FileTree.Delete(scratch);
        }
    }

    private static void Replace(string made, string target)
    {
        var isDirectory = Directory.Exists(made) && !IsLink(made);
        // A file replaces a file in one step; what is or was a directory has to step aside first.
        if (isDirectory || (Directory.Exists(target) && !IsLink(target))) FileTree.Delete(target);
        if (isDirectory) Directory.Move(made, target);
        else File.Move(made, target, overwrite: true);
    }

    private static void RemoveOld(string stamp, string target, string directory, string[] entries)
    {
        if (stamp.Split('\n') is not [_, _, var before, .. var old] || before != directory) return;
        foreach (var gone in old.Except(entries, StringComparer.Ordinal)) FileTree.Delete(Path.Combine(target, gone));
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;}
