using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Strata.Packaging;

/// <summary>
/// Reads archives in the PAX, GNU and older dialects. The framework's own reader loses names that are not UTF-8 and refuses extended
/// attributes with bytes that are no text, such as capabilities.
/// </summary>
internal sealed class PaxTarReader(Stream source) : IDisposable
{
    private const int BlockSize = 512;
    private const int MaxExtendedHeader = 1 << 24;
    private const string AttributePrefix = "SCHILY.xattr.";

    private readonly byte[] _block = new byte[BlockSize];
    private readonly Dictionary<string, byte[]> _global = new(StringComparer.Ordinal);
    private BoundedStream _content = new(Stream.Null, 0);
    private long _padding;

    /// <summary>Where the entry that was returned last begins, its extended headers included.</summary>
    public long Start { get; private set; }

    /// <summary>Where the next entry begins.</summary>
    public long End { get; private set; }

    /// <summary>The bytes of the entry that was returned last; whoever does not read them skips them.</summary>
    public Stream Content => _content;

    /// <summary>The next entry; null at the end.</summary>
    /// <exception cref="InvalidDataException">This is no archive, or it ends too early.</exception>
    public TarHeader? Next()
    {
        _content.SkipRest();
        Skip(source, _padding);
        Start = End;
        var records = new Dictionary<string, byte[]>(_global, StringComparer.Ordinal);
        while (ReadBlock())
        {
            var size = Number(124, 12);
            switch ((char)_block[156])
            {
                case 'x': Parse(ReadPreface(size), records); break;
                case 'g': Parse(ReadPreface(size), _global); records = new(_global, StringComparer.Ordinal); break;
                case 'L': records["path"] = WithoutEnd(ReadPreface(size)); break;
                case 'K': records["linkpath"] = WithoutEnd(ReadPreface(size)); break;
                default: return Entry(records, size);
            }
        }
        return null;
    }

    public void Dispose() => _content.Dispose();

    private TarHeader Entry(Dictionary<string, byte[]> records, long size)
    {
        var kind = (char)_block[156] is '\0' ? '0' : (char)_block[156];
        size = Decimal(records, "size") ?? size;
        var stored = kind is '0' or '7' ? size : 0;
        (_content, _padding) = (new(source, stored), Padding(stored));
        End += stored + _padding;
        return new()
        {
            Name = ByteText.Of(records.GetValueOrDefault("path") ?? PlainName()),
            Kind = kind,
            Mode = (int)Number(100, 8) & 0xFFF,
            Uid = (int)(Decimal(records, "uid") ?? Number(108, 8)),
            Gid = (int)(Decimal(records, "gid") ?? Number(116, 8)),
            User = ByteText.Of(records.GetValueOrDefault("uname") ?? Field(265, 32)),
            Group = ByteText.Of(records.GetValueOrDefault("gname") ?? Field(297, 32)),
            Size = stored,
            Time = Math.Max(0, Decimal(records, "mtime") ?? Number(136, 12)),
            LinkName = ByteText.Of(records.GetValueOrDefault("linkpath") ?? Field(157, 100)),
            DeviceMajor = (int)Number(329, 8),
            DeviceMinor = (int)Number(337, 8),
            ExtendedAttributes = Attributes(records),
        };
    }

    /// <summary>The prefix exists in the POSIX dialects only.</summary>
    private byte[] PlainName()
    {
        var prefix = Field(345, 155);
        var name = Field(0, 100);
        return _block.AsSpan(257, 6).SequenceEqual("ustar\0"u8) && prefix.Length > 0 ? [.. prefix, (byte)'/', .. name] : name;
    }

    private static ImmutableSortedDictionary<string, byte[]>? Attributes(Dictionary<string, byte[]> records)
    {
        var attributes = records.Where(r => r.Key.StartsWith(AttributePrefix, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(r => r.Key[AttributePrefix.Length..], r => r.Value, StringComparer.Ordinal);
        return attributes.IsEmpty ? null : attributes;
    }

    /// <summary>False at the end: an empty block, or nothing at all.</summary>
    private bool ReadBlock()
    {
        var read = source.ReadAtLeast(_block, BlockSize, throwOnEndOfStream: false);
        if (read == 0) return false;
        if (read < BlockSize) throw TooShort();
        if (!_block.AsSpan().ContainsAnyExcept((byte)0)) return false;
        var sum = 8 * ' ';
        for (var i = 0; i < BlockSize; i++) sum += i is >= 148 and < 156 ? 0 : _block[i];
        if (Number(148, 8) != sum) throw new InvalidDataException("a header has a wrong checksum");
        End += BlockSize;
        return true;
    }

    private byte[] ReadPreface(long size)
    {
        if (size is < 0 or > MaxExtendedHeader) throw new InvalidDataException($"an extended header of {size} bytes");
        var bytes = new byte[size];
        if (source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw TooShort();
        Skip(source, Padding(size));
        End += size + Padding(size);
        return bytes;
    }

    /// <summary>Each record is <c>LENGTH KEY=VALUE</c> and a line feed; the length counts all of it.</summary>
    private static void Parse(ReadOnlySpan<byte> bytes, Dictionary<string, byte[]> records)
    {
        while (!bytes.IsEmpty)
        {
            var blank = bytes.IndexOf((byte)' ');
            if (blank < 0 || !int.TryParse(bytes[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length <= blank || length > bytes.Length || bytes[length - 1] != '\n')
                throw new InvalidDataException("an extended header cannot be read");
            var record = bytes[(blank + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 0) throw new InvalidDataException("an extended header cannot be read");
            var key = Encoding.UTF8.GetString(record[..equals]);
            var value = record[(equals + 1)..];
            // No value takes back what a global header said.
            if (value.IsEmpty && !key.StartsWith(AttributePrefix, StringComparison.Ordinal)) records.Remove(key);
            else records[key] = value.ToArray();
            bytes = bytes[length..];
        }
    }

    private static long? Decimal(Dictionary<string, byte[]> records, string key)
    {
        if (records.GetValueOrDefault(key) is not { } text) return null;
        var whole = text.AsSpan().IndexOf((byte)'.') is >= 0 and var dot ? text.AsSpan(0, dot) : text;
        return long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidDataException($"'{key}' is no number");
    }

    /// <summary>Octal digits, or GNU's binary form for what has no room.</summary>
    private long Number(int at, int length)
    {
        var field = _block.AsSpan(at, length);
        var number = 0L;
        if ((field[0] & 0x80) != 0)
        {
            number = field[0] & 0x7F;
            foreach (var b in field[1..]) number = number << 8 | b;
            return number;
        }
        foreach (var b in field.Trim(" \0"u8))
        {
            if (b is < (byte)'0' or > (byte)'7') throw new InvalidDataException("a header has a number that is not octal");
            number = number << 3 | (uint)(b - '0');
        }
        return number;
    }

    private byte[] Field(int at, int length) => WithoutEnd(_block.AsSpan(at, length));

    private static byte[] WithoutEnd(ReadOnlySpan<byte> text) => (text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text).ToArray();

    private static long Padding(long size) => -size & (BlockSize - 1);

    private static InvalidDataException TooShort() => new("the archive ends too early");

    private static void Skip(Stream source, long bytes)
    {
        using var skipped = new BoundedStream(source, bytes);
        skipped.SkipRest();
    }
}
