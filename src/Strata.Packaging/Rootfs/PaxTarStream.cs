using System.Globalization;
using System.Text;

namespace Strata.Packaging;

/// <summary>
/// Writes PAX archives. The framework's own writer puts the process id into the name of every extended header, so its bytes differ from
/// run to run; here an extended header is written only where a plain one cannot say it, and always under the same name. In the GNU dialect
/// long names take GNU's form instead.
/// </summary>
internal sealed class PaxTarStream(Stream target, TarDialect dialect = TarDialect.Pax)
{
    private const int BlockSize = 512;
    private const int NameLength = 100;
    private const int OwnerLength = 31;
    private const long MaxSize = 0x1_FFFF_FFFF;
    private const int MaxId = 0x1F_FFFF;
    private const string ExtendedHeaderName = "././@PaxHeader", LongNameHeader = "././@LongLink";

    private readonly byte[] _block = new byte[BlockSize];
    private readonly byte[] _copy = new byte[1 << 17];

    /// <summary>Writes one entry; the content must have exactly the size that the header says.</summary>
    /// <exception cref="InvalidDataException">The content is shorter or longer.</exception>
    public void Write(TarHeader header, Stream? content)
    {
        if (dialect == TarDialect.Pax) WritePreface(ExtendedHeaderName, 'x', header.Time, ExtendedRecords(header));
        else
        {
            WritePreface(LongNameHeader, 'K', 0, LongText(header.LinkName));
            WritePreface(LongNameHeader, 'L', 0, LongText(header.Name));
        }
        WriteHeader(header);
        if (content is null) return;
        Copy(content, header);
        Pad(header.Size);
    }

    private void WritePreface(string name, char kind, long time, byte[] content)
    {
        if (content.Length == 0) return;
        WriteHeader(new() { Name = name, Kind = kind, Mode = 0x1A4, Time = time, Size = content.Length });
        target.Write(content);
        Pad(content.Length);
    }

    /// <summary>With the zero byte at its end; empty when the plain header has room.</summary>
    private static byte[] LongText(string text) => ByteText.ToBytes(text) is { Length: > NameLength } bytes ? [.. bytes, 0] : [];

    /// <summary>Two empty blocks end an archive.</summary>
    public void Finish()
    {
        Array.Clear(_block);
        target.Write(_block);
        target.Write(_block);
    }

    private void Copy(Stream content, TarHeader header)
    {
        var written = 0L;
        for (int read; written <= header.Size && (read = content.Read(_copy)) > 0; written += read) target.Write(_copy, 0, read);
        if (written != header.Size) throw new InvalidDataException($"the content of '{header.Name}' does not have the {header.Size} bytes that were promised");
    }

    private void WriteHeader(TarHeader header)
    {
        Array.Clear(_block);
        Text(0, NameLength, header.Name);
        Octal(100, 8, header.Mode);
        Octal(108, 8, Math.Min(header.Uid, MaxId));
        Octal(116, 8, Math.Min(header.Gid, MaxId));
        Octal(124, 12, Math.Min(header.Size, MaxSize));
        Octal(136, 12, header.Time);
        _block[156] = (byte)header.Kind;
        Text(157, NameLength, header.LinkName);
        Text(257, 8, dialect == TarDialect.Pax ? "ustar\u000000" : "ustar  ");
        Text(265, OwnerLength, header.User);
        Text(297, OwnerLength, header.Group);
        Octal(329, 8, header.DeviceMajor);
        Octal(337, 8, header.DeviceMinor);

        // The checksum is computed as if its own field were blanks.
        _block.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in _block) sum += b;
        Octal(148, 7, sum);
        target.Write(_block);
    }

    /// <summary>What does not fit a plain header, one record each: <c>LENGTH KEY=VALUE</c>, the length counting itself.</summary>
    private static byte[] ExtendedRecords(TarHeader header)
    {
        var records = new MemoryStream();
        // Whoever follows POSIX would take the names for UTF-8 otherwise.
        if (ByteText.HasRawBytes(header.Name) || ByteText.HasRawBytes(header.LinkName)) Add("hdrcharset", "BINARY");
        if (!Fits(header.Name, NameLength)) Add("path", header.Name);
        if (!Fits(header.LinkName, NameLength)) Add("linkpath", header.LinkName);
        if (!Fits(header.User, OwnerLength)) Add("uname", header.User);
        if (!Fits(header.Group, OwnerLength)) Add("gname", header.Group);
        if (header.Uid > MaxId) Add("uid", header.Uid.ToString(CultureInfo.InvariantCulture));
        if (header.Gid > MaxId) Add("gid", header.Gid.ToString(CultureInfo.InvariantCulture));
        if (header.Size > MaxSize) Add("size", header.Size.ToString(CultureInfo.InvariantCulture));
        if (header.ExtendedAttributes is { } attributes)
            foreach (var (name, value) in attributes) AddBytes("SCHILY.xattr." + name, value);
        return records.ToArray();

        void Add(string key, string value) => AddBytes(key, ByteText.ToBytes(value));

        void AddBytes(string key, byte[] value)
        {
            var rest = value.Length + Encoding.UTF8.GetByteCount(key) + 3;
            var length = rest + 1;
            while (length != rest + Digits(length)) length = rest + Digits(length);
            records.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length} {key}=")));
            records.Write(value);
            records.WriteByte((byte)'\n');
        }
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static bool Fits(string text, int length) => text.Length <= length && Ascii.IsValid(text);

    private void Text(int at, int length, string text)
    {
        // Where it does not fit, the extended header says it in full and readers ignore this.
        var bytes = ByteText.ToBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, length)).CopyTo(_block.AsSpan(at));
    }

    private void Octal(int at, int length, long value)
    {
        for (var i = length - 2; i >= 0; i--, value >>= 3) _block[at + i] = (byte)('0' + (value & 7));
        _block[at + length - 1] = 0;
    }

    private void Pad(long length)
    {
        Array.Clear(_block);
        var used = (int)(length % BlockSize);
        if (used > 0) target.Write(_block, 0, BlockSize - used);
    }
}
