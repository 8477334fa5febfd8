using System.Globalization;
using System.Text;

namespace Strata.Fetch;

/// <summary>Reads cpio archives of the "new ASCII" format: those of RPM packages and of the kernel's initial file systems.</summary>
internal sealed class CpioUnpacker(Stream archive, TreeWriter tree, string name)
{
    private const int HeaderSize = 110;
    private const int LongestName = 64 * 1024;
    private const int TypeMask = 0xf000;
    private const int OwnerExecutes = 0x40;
    private const string End = "TRAILER!!!";

    /// <summary>Names of a file with several ones, until the entry with its content comes.</summary>
    private readonly SortedDictionary<(uint Device, uint File), List<string>> _waiting = [];

    private long _at;

    public static void Unpack(Stream archive, TreeWriter tree, string name)
    {
        try
        {
            var unpacker = new CpioUnpacker(archive, tree, name);
            while (unpacker.ReadEntry())
            {
            }
            unpacker.WriteEmpty();

            // Compressors check what they read at the very end, so it has to be read.
            using var rest = new TarHeaderGuard(archive);
            rest.Drain();
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException or OverflowException)
        {
            throw new SourceException(FetchRules.CannotUnpack(name, $"is broken: {e.Message}"));
        }
    }

    private bool ReadEntry()
    {
        var header = Encoding.ASCII.GetString(Read(HeaderSize));
        if (!header.StartsWith("070701", StringComparison.Ordinal) && !header.StartsWith("070702", StringComparison.Ordinal))
            throw new SourceException(FetchRules.CannotUnpack(name, "is no cpio archive of the format 'newc'"));

        var (mode, links, size, nameSize) = ((int)Field(1), Field(4), Field(6), Field(11));
        if (nameSize is 0 or > LongestName) throw new FormatException($"it has a name of {nameSize} bytes");
        var entry = Encoding.UTF8.GetString(Read((int)nameSize)).TrimEnd('\0');
        Align();
        if (entry == End) return false;

        var time = DateTimeOffset.FromUnixTimeSeconds(Field(5));
        using var content = new CountedStream(archive, size);
        Write(entry, mode, links > 1 ? (Field(7) << 8 ^ Field(8), Field(0)) : null, time, content);
        if (content.Left > 0) throw new EndOfStreamException($"it ends in the middle of '{entry}', or that has data without being a file");
        _at += size;
        Align();
        return true;

        uint Field(int index) => uint.Parse(header.AsSpan(6 + 8 * index, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private void Write(string entry, int mode, (uint, uint)? shared, DateTimeOffset time, CountedStream content)
    {
        switch (mode & TypeMask)
        {
            case 0x8000 when shared is { } key && content.Left == 0:
                if (!_waiting.TryGetValue(key, out var names)) _waiting[key] = names = [];
                names.Add(entry);
                break;
            case 0x8000:
                tree.File(entry, (mode & OwnerExecutes) != 0, time, content);
                if (shared is { } file && _waiting.Remove(file, out var others))
                    foreach (var other in others) tree.HardLink(other, entry);
                break;
            case 0x4000:
                tree.Directory(entry, time);
                break;
            case 0xa000:
                using (var target = new StreamReader(content, Encoding.UTF8, leaveOpen: true))
                    tree.SymbolicLink(entry, content.Left <= LongestName ? target.ReadToEnd() : throw tree.Refuse(entry, "is a link with an impossible target"), time);
                break;
            case 0x2000 or 0x6000:
                throw tree.Refuse(entry, "is a device node");
            default:
                throw tree.Refuse(entry, "is neither file, directory nor link");
        }
    }

    /// <summary>Files of several names whose content never came: they are empty.</summary>
    private void WriteEmpty()
    {
        foreach (var file in _waiting.Values.SelectMany(names => names)) tree.File(file, executable: false, DateTimeOffset.UnixEpoch, null);
    }

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        archive.ReadExactly(bytes);
        _at += count;
        return bytes;
    }

    private void Align() => Read((int)((4 - _at % 4) % 4));
}
