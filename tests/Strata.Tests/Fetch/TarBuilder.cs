using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Strata.Tests.Fetch;

/// <summary>Builds tars entry by entry, hostile ones too.</summary>
internal sealed class TarBuilder
{
    public static DateTimeOffset Time { get; } = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<PaxTarEntry> _entries = [];

    public TarBuilder File(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite) =>
        Add(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), Mode = mode });

    public TarBuilder Directory(string name, UnixFileMode mode = UnixFileMode.UserRead) => Add(new PaxTarEntry(TarEntryType.Directory, name) { Mode = mode });

    public TarBuilder Link(string name, string target) => Add(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target });

    public TarBuilder HardLink(string name, string target) => Add(new PaxTarEntry(TarEntryType.HardLink, name) { LinkName = target });

    public TarBuilder Special(TarEntryType type, string name) => Add(new PaxTarEntry(type, name));

    public byte[] Bytes()
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var entry in _entries) tar.WriteEntry(entry);
        return bytes.ToArray();
    }

    public byte[] Gzip()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Bytes());
        return packed.ToArray();
    }

    private TarBuilder Add(PaxTarEntry entry)
    {
        entry.ModificationTime = Time;
        _entries.Add(entry);
        return this;
    }
}
