using System.Formats.Tar;
using System.Text;
using Strata.Cache;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Tests.Fetch;

/// <summary>Every trick in every format that can express it: refused with its reason, and nothing is left behind.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private const int BombBytes = 3_000_000;

    private static readonly string[] s_plain = [".zip", ".7z"];

    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(".tar")]
    [InlineData(".tar.gz")]
    [InlineData(".tar.xz")]
    [InlineData(".tar.zst")]
    [InlineData(".tar.bz2")]
    [InlineData(".tar.lzma")]
    [InlineData(".zip")]
    [InlineData(".7z")]
    [InlineData(".cpio")]
    [InlineData(".cpio.xz")]
    [InlineData(".deb")]
    [InlineData(".ipk")]
    [InlineData(".rpm")]
    public async Task No_trick_works(string format)
    {
        _files.Write("outside/secret", "s");
        foreach (var (trick, archive, reason) in Tricks(format))
        {
            var bytes = await PackAsync(archive.Bytes(), format);

            var problem = await RefusedAsync(bytes, format);

            Assert.True(problem.Message.Contains(reason, StringComparison.Ordinal), $"{trick} in {format}: {problem.Message}");
            Assert.True(problem.Rule.Code == "STR4030", $"{trick} in {format}: {problem}");
        }
    }

    [Theory]
    [InlineData(".tar")]
    [InlineData(".tar.gz")]
    [InlineData(".tar.xz")]
    [InlineData(".tar.zst")]
    [InlineData(".tar.bz2")]
    [InlineData(".zip")]
    [InlineData(".7z")]
    [InlineData(".cpio")]
    [InlineData(".deb")]
    [InlineData(".rpm")]
    public async Task Half_an_archive_is_none(string format)
    {
        var random = new StringBuilder();
        for (var i = 0; i < 20_000; i++) random.Append(i * 7919 % 10007);
        var whole = await PackAsync(new TarBuilder().File("d/a", random.ToString()).File("d/b", random.ToString()).Bytes(), format);

        Assert.Equal("STR4031", (await RefusedAsync(whole[..(whole.Length / 2)], format)).Rule.Code);
    }

    [Theory]
    [InlineData("gzip", ".gz")]
    [InlineData("xz", ".xz")]
    [InlineData("zstd", ".zst")]
    [InlineData("bzip2", ".bz2")]
    public async Task A_bomb_of_a_single_file_is_stopped(string tool, string extension)
    {
        await ShellAsync($"head -c {BombBytes} /dev/zero | {tool} > bomb{extension}");

        Assert.Equal("STR4030", (await RefusedAsync(File.ReadAllBytes(_files.At("bomb" + extension)), extension)).Rule.Code);
    }

    [Theory]
    [InlineData(".tar")]
    [InlineData(".zip")]
    [InlineData(".cpio")]
    public async Task A_flood_of_entries_is_stopped_at_the_limit(string format)
    {
        var tar = new TarBuilder();
        for (var i = 0; i < 300; i++) tar.File($"d{i}/f", "");
        var bytes = await PackAsync(tar.Bytes(), format);

        Assert.Contains("holds more than 200 entries", (await RefusedAsync(bytes, format, new(Entries: 200))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_of_more_than_a_million_entries_is_refused_before_a_list_of_them_is_made()
    {
        // Its directory alone: an entry that is looked at would be broken.
        const int Entries = 1_000_001;
        var entry = new byte[46 + 1];
        "PK\u0001\u0002"u8.CopyTo(entry);
        entry[28] = 1;      // the length of the name
        entry[46] = (byte)'x';
        var zip = new MemoryStream();
        for (var i = 0; i < Entries; i++) zip.Write(entry);
        var directory = zip.Length;
        using (var writer = new BinaryWriter(zip, Encoding.ASCII, leaveOpen: true))
        {
            writer.Write("PK\u0006\u0006"u8);
            writer.Write(44L);
            writer.Write((ushort)45);
            writer.Write((ushort)45);
            writer.Write(0L);
            writer.Write((long)Entries);
            writer.Write((long)Entries);
            writer.Write(directory);
            writer.Write(0L);
            writer.Write("PK\u0006\u0007"u8);
            writer.Write(0);
            writer.Write(directory);
            writer.Write(1);
            writer.Write("PK\u0005\u0006"u8);
            writer.Write(0);
            writer.Write(ushort.MaxValue);
            writer.Write(ushort.MaxValue);
            writer.Write(uint.MaxValue);
            writer.Write(uint.MaxValue);
            writer.Write((ushort)0);
        }
        var archive = zip.ToArray();

        var problem = await RefusedAsync(archive, ".zip", new());

        Assert.Contains("holds more than 1000000 entries", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zips_and_tars_of_honest_size_still_come_out()
    {
        var bytes = await PackAsync(new TarBuilder().Directory("d").File("d/f", "x").Link("d/l", "f").Bytes(), ".zip");

        await UnpackAsync(bytes, ".zip", new());

        Assert.Equal("x", File.ReadAllText(_files.At("work/d/l")));
    }

    /// <summary>Zip and 7z know neither hard links nor devices.</summary>
    private IEnumerable<(string Trick, TarBuilder Archive, string Reason)> Tricks(string format)
    {
        yield return ("escape", new TarBuilder().File("a", "x").File("../evil", "x"), "climbs out");
        yield return ("escape in the middle", new TarBuilder().File("a", "x").File("a2/../../evil", "x"), "climbs out");
        yield return ("absolute name", new TarBuilder().File(_files.At("outside/evil"), "x"), "absolute");
        yield return ("through a link", new TarBuilder().Link("out", _files.At("outside")).File("out/evil", "x"), "goes through the symbolic link");
        yield return ("link that climbs", new TarBuilder().Link("up", "../../outside"), "link out of the sources");
        yield return ("directory over a link", new TarBuilder().Link("out", _files.At("outside")).Directory("out").File("out/evil", "x"), "symbolic link");
        yield return ("below a file", new TarBuilder().File("f", "x").File("f/evil", "x"), "lies below the file");
        yield return ("case", new TarBuilder().Link("Dir", "elsewhere").File("dir/evil", "x"), "differs only in case");
        yield return ("bomb", new TarBuilder().File("zeros", new string('\0', BombBytes)), "unpacks to more than");
        if (s_plain.Contains(format)) yield break;
        yield return ("character device", new TarBuilder().Special(TarEntryType.CharacterDevice, "null"), "device");
        yield return ("block device", new TarBuilder().Special(TarEntryType.BlockDevice, "disk"), "device");
        yield return ("pipe", new TarBuilder().Special(TarEntryType.Fifo, "pipe"), format is ".rpm" or ".cpio" or ".cpio.xz" ? "neither file" : "pipe");
        // A cpio has no hard links by name: names of one file are entries with one number.
        if (format is ".rpm" or ".cpio" or ".cpio.xz") yield break;
        yield return ("hard link out", new TarBuilder().HardLink("evil", "../outside/secret"), "climbs out");
        yield return ("hard link through a link", new TarBuilder().Link("out", _files.At("outside")).HardLink("evil", "out/secret"), "goes through the symbolic link");
        yield return ("hard link to an absolute name", new TarBuilder().HardLink("evil", _files.At("outside/secret")), "absolute");
    }

    private async Task<Diagnostic> RefusedAsync(byte[] archive, string format, UnpackLimits? limits = null)
    {
        var problem = (await Assert.ThrowsAsync<SourceException>(() => UnpackAsync(archive, format, limits ?? new(Bytes: 1_000_000)))).Problem;
        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.At("work")));
        Assert.Equal(["secret"], Directory.Exists(_files.At("outside")) ? Directory.EnumerateFileSystemEntries(_files.At("outside")).Select(Path.GetFileName) : ["secret"]);
        return problem;
    }

    private async Task UnpackAsync(byte[] archive, string format, UnpackLimits limits)
    {
        var blobs = new BlobStore(_files.At("blobs"));
        await using (var writer = blobs.BeginWrite())
        {
            writer.Write(archive);
            _ = writer.Commit();
        }
        var options = new UnpackOptions { Directory = _files.At("work"), SandboxDirectory = "/build/work", Environment = HostEnvironment.Current, Limits = limits };
        var mirrors = new GitMirrors(new() { DownloadDirectory = _files.At("downloads"), Environment = HostEnvironment.Current });
        _ = await new Unpacker(options, blobs, mirrors).UnpackAsync(new PinnedFile(SourceUri.Parse("https://example.org/p" + format), Digest.Of(archive)), new("hello.bb", 1), CancellationToken.None);
    }

    /// <summary>The same entries in another format, by tools that write what they are told.</summary>
    private async Task<byte[]> PackAsync(byte[] tar, string format)
    {
        File.WriteAllBytes(_files.At("p.tar"), tar);
        const string Cpio = "bsdtar -c -P -f - --format=newc @p.tar";
        await ShellAsync(format switch
        {
            ".tar" => "cp p.tar out",
            ".tar.gz" => "gzip -c p.tar > out",
            ".tar.xz" => "xz -c p.tar > out",
            ".tar.zst" => "zstd -q -c p.tar > out",
            ".tar.bz2" => "bzip2 -c p.tar > out",
            ".tar.lzma" => "xz --format=lzma -c p.tar > out",
            ".zip" => "bsdtar -c -P -f out --format=zip @p.tar",
            ".7z" => "bsdtar -c -P -f out --format=7zip @p.tar",
            ".cpio" => $"{Cpio} > out",
            ".cpio.xz" => $"{Cpio} | xz > out",
            ".deb" or ".ipk" => "xz -c p.tar > data.tar.xz; echo 2.0 > debian-binary; rm -f out; ar qc out debian-binary data.tar.xz",
            ".rpm" => $"(printf '\\355\\253\\356\\333'; head -c 92 /dev/zero; {RpmHeader}; {RpmHeader}; {Cpio} | xz) > out",
            _ => throw new ArgumentException(format),
        });
        return File.ReadAllBytes(_files.At("out"));
    }

    /// <summary>A header without entries.</summary>
    private const string RpmHeader = "printf '\\216\\255\\350\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'";

    private async Task ShellAsync(string script)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["sh", "-ec", script], WorkingDirectory = _files.Root }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Error);
    }
}
