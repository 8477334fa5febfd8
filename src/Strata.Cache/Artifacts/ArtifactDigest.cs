using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Text;
using Strata.Core;

namespace Strata.Cache;

/// <summary>The identity of a directory tree: names, kinds, read and execute permission, contents. Not times, owners, order or place.</summary>
public static class ArtifactDigest
{
    private const string Schema = "strata/artifact/1";

    /// <summary>The digest that the directory would have in a store; changes nothing.</summary>
    /// <exception cref="StoreException">The tree has entries that cannot be stored or read.</exception>
    public static Digest Of(string directory, CancellationToken cancel = default)
    {
        var tree = Tree.Read(directory);
        return Of(tree, Contents(tree, (path, _) => Digest.OfFile(path), cancel));
    }

    /// <summary>Visits every file, several at a time, the largest first; the answers are in the order of the entries.</summary>
    internal static ImmutableArray<Digest> Contents(Tree tree, Func<string, TreeEntry, Digest> visit, CancellationToken cancel) =>
        StoreErrors.Guard(tree.Root, () =>
        {
            var digests = new Digest[tree.Entries.Length];
            var files = Enumerable.Range(0, digests.Length).Where(i => tree.Entries[i].Type == FileType.File)
                                  .OrderByDescending(i => tree.Entries[i].Size).ToArray();
            InParallel(files.Length, i =>
            {
                var entry = tree.Entries[files[i]];
                digests[files[i]] = visit(Path.Combine(tree.Root, entry.Path), entry);
            }, cancel);
            return ImmutableArray.Create(digests);
        });

    /// <summary>
    /// Text cannot contain NUL here, so every field ends with one; without an end, a path and a digest could change places.
    /// </summary>
    internal static Digest Of(Tree tree, ImmutableArray<Digest> contents)
    {
        var text = new StringBuilder(Schema).Append('\0');
        for (var i = 0; i < contents.Length; i++) Append(text, tree.Entries[i], contents[i]);
        return Digest.Of(text.ToString());
    }

    private static void Append(StringBuilder text, TreeEntry entry, Digest content)
    {
        _ = entry.Type switch
        {
            FileType.File => text.Append("file ").Append(Convert.ToString(entry.Mode, 8)).Append(' ').Append(entry.Path).Append('\0').Append(content.Hex),
            FileType.Directory => text.Append("directory ").Append(Convert.ToString(entry.Mode, 8)).Append(' ').Append(entry.Path),
            FileType.Link => text.Append("link ").Append(entry.Path).Append('\0').Append(entry.LinkTarget),
            _ => throw new InvalidOperationException($"{entry.Path} is no kind that an artifact holds"),
        };
        text.Append('\0');
    }

    private static void InParallel(int count, Action<int> work, CancellationToken cancel)
    {
        try
        {
            // One at a time and not in ranges: the sizes of files differ by orders of magnitude.
            var oneByOne = Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(oneByOne, new ParallelOptions { CancellationToken = cancel }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
