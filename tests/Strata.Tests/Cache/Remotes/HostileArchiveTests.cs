using System.Formats.Tar;
using Strata.Cache;

namespace Strata.Tests.Cache.Remotes;

/// <summary>Archives that no store made. Their records promise them, so only unpacking can tell.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, TarEntry[]> Hostile => new()
    {
        { "a path upwards", [File("../escaped")] },
        { "a path upwards from inside", [Entry(TarEntryType.Directory, "a/"), File("a/../../escaped")] },
        { "an absolute path", [File("/tmp/strata-escaped")] },
        { "a way through a link", [Link("a", "/tmp"), File("a/strata-escaped")] },
        { "a hard link to the outside", [Entry(TarEntryType.HardLink, "a", "/etc/passwd")] },
        { "a hard link to a link", [Link("a", "/etc/passwd"), Entry(TarEntryType.HardLink, "b", "a")] },
        { "the directory itself", [Entry(TarEntryType.Directory, "./")] },
        { "a name twice", [Link("a", "/etc"), Link("a", "/tmp")] },
        { "a file without its directory", [File("a/b")] },
        { "a device", [Entry(TarEntryType.CharacterDevice, "null")] },
        { "a pipe", [Entry(TarEntryType.Fifo, "pipe")] },
        { "more bytes than promised", [File("big", 1001)] },
        { "more entries than promised", [File("1"), File("2"), File("3"), File("4")] },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Nothing_is_written_outside_and_it_is_refused(string what, TarEntry[] entries)
    {
        var target = Directory.CreateDirectory(_directory["target"]).FullName;

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await ArchiveReader.UnpackAsync(await PackAsync(entries), target, 3, 1000, TestContext.Current.CancellationToken));

        Assert.False(string.IsNullOrWhiteSpace(refusal.Message), what);
        Assert.Equal([_directory["archive"], _directory["target"]], Directory.GetFileSystemEntries(_directory.Path).Order(StringComparer.Ordinal));
        Assert.False(Path.Exists("/tmp/strata-escaped"));
    }

    [Fact]
    public async Task What_is_no_archive_is_refused()
    {
        var target = Directory.CreateDirectory(_directory["target"]).FullName;
        var file = _directory.Write("archive", "no zstd at all");

        await Assert.ThrowsAsync<InvalidDataException>(() => ArchiveReader.UnpackAsync(file, target, 3, 1000, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _directory.Dispose();

    private async Task<string> PackAsync(TarEntry[] entries)
    {
        await Zstd.CompressAsync(stream =>
        {
            using var tar = new TarWriter(stream, leaveOpen: true);
            foreach (var entry in entries) tar.WriteEntry(entry);
        }, _directory["archive"], TestContext.Current.CancellationToken);
        return _directory["archive"];
    }

    private static GnuTarEntry File(string name, int size = 1) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(new byte[size]) };

    private static GnuTarEntry Link(string name, string target) => Entry(TarEntryType.SymbolicLink, name, target);

    private static GnuTarEntry Entry(TarEntryType type, string name, string? target = null)
    {
        var entry = new GnuTarEntry(type, name);
        if (target is not null) entry.LinkName = target;
        return entry;
    }
}
