namespace Strata.Core;

/// <summary>Directory trees as Strata handles them: symbolic links are entries and never followed.</summary>
public static class FileTree
{
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Removes the tree, read-only directories included; an absent tree is fine.</summary>
    public static void Delete(string path)
    {
        var root = new DirectoryInfo(path);
        if (root.LinkTarget is not null || File.Exists(path))
        {
            File.Delete(path);
            return;
        }
        if (!root.Exists) return;
        MakeWritable(root);
        root.Delete(recursive: true);
    }

    private static void MakeWritable(DirectoryInfo directory)
    {
        // An ordinary user cannot unlink inside a read-only directory, not even as its owner.
        if ((directory.UnixFileMode & OwnerAll) != OwnerAll) directory.UnixFileMode |= OwnerAll;
        foreach (var child in directory.EnumerateDirectories())
            if (child.LinkTarget is null) MakeWritable(child);
    }
}
