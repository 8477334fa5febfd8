using Strata.Core;

namespace Strata.Cache;

/// <summary>Artifacts vanish by one rename, so that no reader meets half of one; deleting them may then take its time or be interrupted.</summary>
internal sealed class Trash(string directory)
{
    public void Take(string path)
    {
        Directory.CreateDirectory(directory);
        Posix.SetMode(path, Modes.OwnerAll);          // only who may write to a directory may move it
        Directory.Move(path, AtomicFile.ScratchName(Path.Combine(directory, Path.GetFileName(path))));
    }

    /// <summary>What cannot be deleted now stays for the next time.</summary>
    public void Empty()
    {
        if (!Directory.Exists(directory)) return;
        foreach (var path in Directory.EnumerateDirectories(directory))
        {
            try
            {
                FileTree.Delete(path);
            }
            catch (Exception e) when (StoreErrors.Covers(e))
            {
                // Another process is emptying the same trash.
            }
        }
    }
}
