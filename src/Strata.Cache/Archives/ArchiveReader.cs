using System.Buffers;
using System.Collections.Immutable;
using System.Formats.Tar;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// Turns an archive back into a tree that is sealed as it is written: one pass over the disk, digests on the way. An archive comes from
/// elsewhere; whatever is in it, nothing is written outside of the directory and no more than was promised.
/// </summary>
/// <param name="root">An empty directory.</param>
internal sealed class ArchiveReader(string root, int mostEntries, long mostBytes) : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly Dictionary<string, (TreeEntry Entry, Digest Content)> _entries = new(StringComparer.Ordinal);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private long _bytes;

    /// <exception cref="InvalidDataException">It is no archive of an artifact.</exception>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public static async Task<(Tree Tree, Digest Artifact)> UnpackAsync(string file, string directory, int mostEntries, long mostBytes, CancellationToken cancel)
    {
        using var reader = new ArchiveReader(directory, mostEntries, mostBytes);
        await Zstd.DecompressAsync(file, stream => reader.Read(stream, cancel), cancel);
        return reader.Seal();
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Read(Stream stream, CancellationToken cancel)
    {
        using var tar = new TarReader(stream, leaveOpen: true);
        try
        {
            while (tar.GetNextEntry() is { } entry)
            {
                cancel.ThrowIfCancellationRequested();
                Add(entry);
            }
            Finish(stream);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"the archive is damaged: {e.Message}", e);
        }
    }

    /// <summary>Takes the zeros after the last entry, too: the program that writes them fails when nobody does.</summary>
    private void Finish(Stream stream)
    {
        var rest = stream.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
        if (rest == _buffer.Length) throw new InvalidDataException("the archive goes on after its end");
    }

    private void Add(TarEntry entry)
    {
        var path = entry.Name.TrimEnd('/');
        if (_entries.Count == mostEntries) throw new InvalidDataException($"there is more than the {mostEntries} entries that were promised");
        CheckPlace(path);
        var (found, content) = StoreErrors.Guard(root, () => entry.EntryType switch
        {
            TarEntryType.RegularFile => AddFile(path, entry),
            TarEntryType.HardLink => AddTwin(path, entry.LinkName),
            TarEntryType.SymbolicLink => (AddLink(path, entry.LinkName), default),
            TarEntryType.Directory => (AddDirectory(path, (int)entry.Mode), default),
            var other => throw new InvalidDataException($"{path} is a {other}, which no artifact holds"),
        });
        _entries.Add(path, (found, content));
    }

    /// <summary>Directly below the root or a directory that came before, never through a link.</summary>
    private void CheckPlace(string path)
    {
        var parent = path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";
        var isInside = parent.Length == 0 || (_entries.TryGetValue(parent, out var above) && above.Entry.Type is FileType.Directory);
        if (!isInside || path[(parent.Length == 0 ? 0 : parent.Length + 1)..] is "" or "." or ".." || path.Contains('\0', StringComparison.Ordinal) || path[0] == '/')
            throw new InvalidDataException($"'{path}' is in no directory of this archive");
        if (_entries.ContainsKey(path)) throw new InvalidDataException($"'{path}' is there twice");
    }

    private (TreeEntry, Digest) AddFile(string path, TarEntry entry)
    {
        var target = Path.Combine(root, path);
        var mode = Modes.Sealed(FileType.File, (int)entry.Mode);
        using var file = Posix.CreateFile(target);
        var content = Copy(entry.DataStream, file, target);
        Posix.Seal(file, mode, TreeSealer.Epoch, target);
        return (new(path, FileType.File, mode, entry.Length, null, 0, 1), content);
    }

    private Digest Copy(Stream? content, SafeFileHandle file, string target)
    {
        var first = Take(content);
        if (first < _buffer.Length)
        {
            // Nearly every file.
            Posix.Write(file, _buffer.AsSpan(0, first), target);
            return Digest.Of(_buffer.AsSpan(0, first));
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var length = first; length > 0; length = Take(content))
        {
            Posix.Write(file, _buffer.AsSpan(0, length), target);
            hash.AppendData(_buffer, 0, length);
        }
        return Digest.FromHash(hash.GetCurrentHash());
    }

    /// <summary>Fills the buffer as far as the file goes.</summary>
    private int Take(Stream? content)
    {
        var length = content?.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false) ?? 0;
        _bytes += length;
        return _bytes <= mostBytes ? length : throw new InvalidDataException($"there is more than the {mostBytes} bytes that were promised");
    }

    private (TreeEntry, Digest) AddTwin(string path, string of)
    {
        if (!_entries.TryGetValue(of, out var first) || first.Entry.Type is not FileType.File) throw new InvalidDataException($"'{path}' is a link to '{of}', which is no file of this archive");
        Posix.Link(Path.Combine(root, of), Path.Combine(root, path));
        _bytes += first.Entry.Size;
        return (first.Entry with { Path = path }, first.Content);
    }

    private TreeEntry AddLink(string path, string target)
    {
        File.CreateSymbolicLink(Path.Combine(root, path), target);
        Posix.SetTimes(Path.Combine(root, path), TreeSealer.Epoch);
        return new(path, FileType.Link, 0, 0, target, 0, 1);
    }

    private TreeEntry AddDirectory(string path, int mode)
    {
        Directory.CreateDirectory(Path.Combine(root, path));
        return new(path, FileType.Directory, Modes.Sealed(FileType.Directory, mode), 0, null, 0, 1);
    }

    /// <summary>Directories last, and the innermost first: nothing could be put into a sealed one.</summary>
    private (Tree, Digest) Seal() => StoreErrors.Guard(root, () =>
    {
        var sorted = _entries.Values.OrderBy(e => e.Entry.Path, StringComparer.Ordinal).ToImmutableArray();
        foreach (var (entry, _) in sorted.Reverse())
            if (entry.Type is FileType.Directory) TreeSealer.SealOther(Path.Combine(root, entry.Path), entry);
        var tree = new Tree(root, [.. sorted.Select(e => e.Entry)]);
        return (tree, ArtifactDigest.Of(tree, [.. sorted.Select(e => e.Content)]));
    });
}
