using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>Turns a directory tree into what an artifact looks like: times at the epoch, read-only, sharing no file with the outside.</summary>
internal static class TreeSealer
{
    /// <summary>The same time everywhere and for ever; not 0, which some tools take for “no time”.</summary>
    public static readonly DateTimeOffset Epoch = DateTimeOffset.FromUnixTimeSeconds(1);

    /// <summary>Seals everything in the tree except its top directory, which must stay writable until it is in its final place.</summary>
    public static Digest Seal(Tree tree, CancellationToken cancel)
    {
        var inside = tree.Entries.Where(e => e.Links > 1 && e.Type == FileType.File).CountBy(e => e.Inode).ToImmutableDictionary();
        var contents = ArtifactDigest.Contents(tree, (path, entry) => SealFile(path, entry, inside), cancel);

        // Children sort behind their parents: backwards, a directory is sealed after everything in it.
        foreach (var entry in tree.Entries.Reverse())
            if (entry.Type != FileType.File) SealOther(Path.Combine(tree.Root, entry.Path), entry);
        return ArtifactDigest.Of(tree, contents);
    }

    /// <summary>To be called when the directory is where it stays: moving it would need write permission on it.</summary>
    public static void SealTop(string directory)
    {
        Posix.SetTimes(directory, Epoch);
        Posix.SetMode(directory, Modes.TopDirectory);
    }

    private static Digest SealFile(string path, TreeEntry entry, ImmutableDictionary<ulong, int> inside)
    {
        // Who holds another link to the file could write to the store through it.
        if (entry.Links > 1 && inside[entry.Inode] < entry.Links) Detach(path);
        Posix.SetMode(path, entry.Mode);
        var digest = Digest.OfFile(path);
        Posix.SetTimes(path, Epoch);
        return digest;
    }

    private static void Detach(string path)
    {
        var copy = AtomicFile.ScratchName(path);
        try
        {
            File.Copy(path, copy);
            File.Move(copy, path, overwrite: true);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
    }

    public static void SealOther(string path, TreeEntry entry)
    {
        if (entry.Type == FileType.Directory) Posix.SetMode(path, entry.Mode);
        Posix.SetTimes(path, Epoch);
    }
}
