using Strata.Core;

namespace Strata.Cache;

/// <summary>Brings a tree to another file system, where it cannot be renamed to.</summary>
internal static class TreeCopy
{
    /// <summary>Leaves nothing behind when it fails.</summary>
    public static void Make(Tree tree, string target)
    {
        try
        {
            Directory.CreateDirectory(target);
            foreach (var entry in tree.Entries) Copy(Path.Combine(tree.Root, entry.Path), Path.Combine(target, entry.Path), entry);

            // Not before everything is in them, or nothing could be put there.
            foreach (var entry in tree.Entries.Reverse())
                if (entry.Type == FileType.Directory) Posix.SetMode(Path.Combine(target, entry.Path), entry.Mode);
        }
        catch
        {
            FileTree.Delete(target);
            throw;
        }
    }

    private static void Copy(string from, string to, TreeEntry entry)
    {
        if (entry.Type == FileType.Directory) Directory.CreateDirectory(to);
        else if (entry.LinkTarget is { } link) File.CreateSymbolicLink(to, link);
        else CopyFile(from, to, entry.Mode);
    }

    private static void CopyFile(string from, string to, int mode)
    {
        File.Copy(from, to);
        Posix.SetMode(to, mode);
    }
}
