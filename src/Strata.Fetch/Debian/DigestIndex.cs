using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// A sorted file from digest to address, searched where it lies: opening it costs nothing and a look-up reads a few hundred bytes,
/// which matters because a build asks it for a handful of pins out of a hundred thousand files.
/// </summary>
internal sealed class DigestIndex : IDisposable
{
    private const int HashSize = 32;
    private const int EntrySize = HashSize + 16;
    private const int HeaderSize = 8 + HashSize + 16;

    private readonly SafeFileHandle _file;
    private readonly ImmutableArray<string> _bases;
    private readonly long _entries;
    private readonly long _strings;

    private DigestIndex(SafeFileHandle file, Digest state, int count, ImmutableArray<string> bases, long entries)
    {
        (_file, State, Count, _bases, _entries) = (file, state, count, bases, entries);
        _strings = entries + (long)count * EntrySize;
    }

    private static ReadOnlySpan<byte> Magic => "STRDIX1\n"u8;

    /// <summary>What the index was made from.</summary>
    public Digest State { get; }

    public int Count { get; }

    /// <summary>Null when the file is missing, or no index of this version.</summary>
    public static DigestIndex? Open(string path)
    {
        if (!File.Exists(path)) return null;
        var file = File.OpenHandle(path);
        var header = new byte[HeaderSize];
        if (RandomAccess.Read(file, header, 0) < HeaderSize || !header.AsSpan().StartsWith(Magic))
        {
            file.Dispose();
            return null;
        }
        var rest = header.AsSpan(Magic.Length + HashSize);
        var (count, baseBytes) = (BinaryPrimitives.ReadInt32LittleEndian(rest), BinaryPrimitives.ReadInt32LittleEndian(rest[4..]));
        var bases = new byte[baseBytes];
        RandomAccess.Read(file, bases, HeaderSize);
        return new(file, Digest.FromHash(header.AsSpan(Magic.Length, HashSize)), count, [.. Encoding.UTF8.GetString(bases).Split('\n')], HeaderSize + baseBytes);
    }

    /// <param name="files">In any order.</param>
    public static void Write(string path, Digest state, ImmutableArray<string> bases, List<(Digest Digest, long Size, int Base, string Name)> files)
    {
        files.Sort((a, b) => a.Digest.CompareTo(b.Digest) is not 0 and var byDigest ? byDigest
            : a.Base != b.Base ? a.Base.CompareTo(b.Base) : string.CompareOrdinal(a.Name, b.Name));
        AtomicFile.Write(path, stream =>
        {
            using var buffered = new BufferedStream(stream, 1 << 16);
            using var writer = new BinaryWriter(buffered);
            var baseText = Encoding.UTF8.GetBytes(string.Join('\n', bases));
            writer.Write(Magic);
            writer.Write(Convert.FromHexString(state.Hex));
            writer.Write(files.Count);
            writer.Write(baseText.Length);
            writer.Write(0L);
            writer.Write(baseText);
            var at = 0;
            foreach (var file in files)
            {
                writer.Write(Convert.FromHexString(file.Digest.Hex));
                writer.Write(file.Size);
                writer.Write(file.Base);
                writer.Write(at);
                at += 2 + Encoding.UTF8.GetByteCount(file.Name);
            }
            foreach (var file in files)
            {
                var name = Encoding.UTF8.GetBytes(file.Name);
                writer.Write((ushort)name.Length);
                writer.Write(name);
            }
        });
    }

    /// <summary>Every address at which the file is said to be.</summary>
    public ImmutableArray<ArchiveFile> Find(Digest digest)
    {
        var wanted = Convert.FromHexString(digest.Hex);
        var entry = new byte[EntrySize];
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            Read(middle, entry);
            if (entry.AsSpan(0, HashSize).SequenceCompareTo(wanted) < 0) low = middle + 1;
            else high = middle;
        }

        var found = ImmutableArray.CreateBuilder<ArchiveFile>();
        for (; low < Count; low++)
        {
            Read(low, entry);
            if (!entry.AsSpan().StartsWith(wanted)) break;
            found.Add(FileOf(entry));
        }
        return found.ToImmutable();
    }

    public void Dispose() => _file.Dispose();

    private void Read(int index, byte[] entry)
    {
        if (RandomAccess.Read(_file, entry, _entries + (long)index * EntrySize) < EntrySize) throw new EndOfStreamException("the digest index ends early");
    }

    private ArchiveFile FileOf(ReadOnlySpan<byte> entry)
    {
        var size = BinaryPrimitives.ReadInt64LittleEndian(entry[HashSize..]);
        var origin = _bases[BinaryPrimitives.ReadInt32LittleEndian(entry[(HashSize + 8)..])];
        var at = _strings + BinaryPrimitives.ReadUInt32LittleEndian(entry[(HashSize + 12)..]);
        var length = new byte[2];
        RandomAccess.Read(_file, length, at);
        var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(length)];
        RandomAccess.Read(_file, name, at + 2);
        return new(origin + Encoding.UTF8.GetString(name), size);
    }
}
