using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Strata.Fetch;

/// <summary>Unpacks zip files, with the modes and links of those made on Unix.</summary>
internal static class ZipUnpacker
{
    private const int TypeMask = 0xf000;
    private const int Directory = 0x4000;
    private const int RegularFile = 0x8000;
    private const int SymbolicLink = 0xa000;
    private const int OwnerExecutes = 0x40;
    private const int LongestLink = 4096;

    public static void Unpack(Stream archive, TreeWriter tree, string name, CancellationToken cancel)
    {
        try
        {
            // The framework makes an object of every entry before it gives out the first one.
            tree.RequireEntries(AnnouncedEntries(archive));
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in zip.Entries)
            {
                cancel.ThrowIfCancellationRequested();
                Write(entry, tree);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw new SourceException(FetchRules.CannotUnpack(name, $"is broken: {e.Message}"));
        }
    }

    /// <summary>The number of entries in the record at the end of a zip, or in that of a large one; 0 where there is none.</summary>
    private static long AnnouncedEntries(Stream archive)
    {
        const int LongestTail = 66_000, CountAt = 10, LargeCountAt = 32, InLargeRecord = ushort.MaxValue;
        archive.Position = Math.Max(0, archive.Length - LongestTail);
        var tail = new byte[archive.Length - archive.Position];
        archive.ReadExactly(tail);
        archive.Position = 0;
        var (end, large) = (tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8), tail.AsSpan().LastIndexOf("PK\u0006\u0006"u8));
        if (end < 0 || end + CountAt + sizeof(ushort) > tail.Length) return 0;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + CountAt));
        return count == InLargeRecord && large >= 0 && large + LargeCountAt + sizeof(long) <= tail.Length ? BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(large + LargeCountAt)) : count;
    }

    private static void Write(ZipArchiveEntry entry, TreeWriter tree)
    {
        if (entry.IsEncrypted) throw tree.Refuse(entry.FullName, "is encrypted");

        // Zip keeps local time without saying where; taken as UTC it is at least the same on every machine.
        var time = new DateTimeOffset(entry.LastWriteTime.DateTime, TimeSpan.Zero);
        var mode = entry.ExternalAttributes >>> 16;
        switch (mode & TypeMask)
        {
            case Directory:
            case 0 or RegularFile when entry.FullName.EndsWith('/'):
                tree.Directory(entry.FullName, time);
                break;
            case 0 or RegularFile:
                using (var content = entry.Open()) tree.File(entry.FullName, (mode & OwnerExecutes) != 0, time, content);
                break;
            case SymbolicLink:
                tree.SymbolicLink(entry.FullName, LinkTarget(entry, tree), time);
                break;
            default:
                throw tree.Refuse(entry.FullName, "is neither file, directory nor link");
        }
    }

    private static string LinkTarget(ZipArchiveEntry entry, TreeWriter tree)
    {
        if (entry.Length > LongestLink) throw tree.Refuse(entry.FullName, "is a link with an impossible target");
        using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
