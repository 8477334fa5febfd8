using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Strata.Cache;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Tests.Fetch;

public sealed class UnpackerTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();
    private readonly BlobStore _blobs;

    public UnpackerTests() => _blobs = new(_files.At("blobs"));

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_tar_becomes_files_with_its_times_and_with_modes_that_depend_on_nothing()
    {
        var tar = new TarBuilder()
            .Directory("p-1.0/")
            .File("p-1.0/plain", "a", (UnixFileMode)0b110_110_110)
            .File("p-1.0/run", "b", (UnixFileMode)0b111_000_000_111_000_000 & (UnixFileMode)0xfff)
            .File("./p-1.0/sub/deep", "c")
            .Link("p-1.0/link", "sub/deep")
            .HardLink("p-1.0/again", "p-1.0/run");

        await UnpackAsync("p-1.0.tar.gz", tar.Gzip());

        Assert.Equal(
            """
            p-1.0/ 755 2020-01-02
            p-1.0/again 755 2020-01-02 b
            p-1.0/link -> sub/deep
            p-1.0/plain 644 2020-01-02 a
            p-1.0/run 755 2020-01-02 b
            p-1.0/sub/ 755 1970-01-01
            p-1.0/sub/deep 644 2020-01-02 c
            """, Tree());
    }

    [Theory]
    [InlineData("bzip2", ".tar.bz2")]
    [InlineData("xz", ".tar.xz")]
    [InlineData("zstd", ".tar.zst")]
    [InlineData("lz4", ".tar.lz4")]
    [InlineData("gzip", ".tgz")]
    [InlineData("xz", ".tar.gz")]
    [InlineData(null, ".tar")]
    [InlineData(null, ".tar.xz")]
    public async Task Compression_is_known_by_the_bytes_whatever_the_name_says(string? tool, string extension)
    {
        var plain = new TarBuilder().File("f", new string('x', 200_000)).Bytes();

        await UnpackAsync("p" + extension, tool is null ? plain : await CompressAsync(tool, plain));

        Assert.Equal(200_000, new FileInfo(At("f")).Length);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/evil")]
    [InlineData("a/..")]
    public async Task A_path_that_leaves_the_directory_is_refused(string name) => await RefusedAsync(new TarBuilder().File(name, "x"), name);

    [Fact]
    public async Task A_path_through_a_link_of_the_archive_is_refused() =>
        await RefusedAsync(new TarBuilder().Link("out", _files.At("outside")).File("out/evil", "x"), "goes through the symbolic link");

    [Fact]
    public async Task A_path_through_a_link_of_an_earlier_source_is_refused()
    {
        await UnpackAsync("one.tar", new TarBuilder().Link("out", _files.At("outside")).Bytes());

        await RefusedAsync(new TarBuilder().File("out/evil", "x"), "goes through the symbolic link");
    }

    [Fact]
    public async Task A_file_over_a_link_replaces_the_link_and_not_its_target()
    {
        _files.Write("outside/victim", "untouched");

        await UnpackAsync("p.tar", new TarBuilder().Link("f", _files.At("outside/victim")).File("f", "new").Bytes());

        Assert.Equal("untouched", await File.ReadAllTextAsync(_files.At("outside/victim")));
        Assert.Equal("new", await File.ReadAllTextAsync(At("f")));
        Assert.Null(new FileInfo(At("f")).LinkTarget);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a/../../x")]
    public async Task A_link_that_climbs_out_is_refused(string target) => await RefusedAsync(new TarBuilder().Link("link", target), "link out of the sources");

    [Fact]
    public async Task An_absolute_link_is_kept_and_noted()
    {
        var notes = await UnpackAsync("p.tar", new TarBuilder().Link("null", "/dev/null").Bytes());

        Assert.Equal("/dev/null", new FileInfo(At("null")).LinkTarget);
        Assert.Equal("STR4033", Assert.Single(notes).Rule.Code);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../outside/secret")]
    [InlineData("missing")]
    public async Task A_hard_link_to_anything_but_a_file_of_the_sources_is_refused(string target)
    {
        _files.Write("outside/secret", "s");

        await RefusedAsync(new TarBuilder().HardLink("stolen", target), target);
    }

    [Fact]
    public async Task A_hard_link_through_a_link_is_refused()
    {
        _files.Write("outside/secret", "s");

        await RefusedAsync(new TarBuilder().Link("out", _files.At("outside")).HardLink("stolen", "out/secret"), "goes through the symbolic link");
    }

    [Theory]
    [InlineData(TarEntryType.CharacterDevice, "device")]
    [InlineData(TarEntryType.BlockDevice, "device")]
    [InlineData(TarEntryType.Fifo, "pipe")]
    public async Task Devices_and_pipes_are_refused(TarEntryType type, string reason) => await RefusedAsync(new TarBuilder().Special(type, "dev"), reason);

    [Fact]
    public async Task A_directory_is_never_replaced_by_something_else()
    {
        await RefusedAsync(new TarBuilder().Directory("d").File("d", "x"), "would replace a directory");
        await RefusedAsync(new TarBuilder().Directory("d").Link("d", "/tmp"), "would replace a directory");
        await RefusedAsync(new TarBuilder().File("f", "x").File("f/g", "x"), "lies below the file");
    }

    [Fact]
    public async Task Of_an_entry_that_comes_twice_the_last_wins()
    {
        await UnpackAsync("p.tar", new TarBuilder().File("f", "first").File("f", "second").Bytes());

        Assert.Equal("second", await File.ReadAllTextAsync(At("f")));
    }

    [Fact]
    public async Task A_bomb_is_stopped_at_the_limit()
    {
        var bomb = new TarBuilder().File("zeros", new string('0', 5_000_000)).Gzip();

        var problem = await FailsAsync(() => UnpackAsync("bomb.tgz", bomb, limits: new(Bytes: 1_000_000)));

        Assert.Equal("STR4030", problem.Rule.Code);
        Assert.False(File.Exists(At("zeros")));
    }

    [Fact]
    public async Task Too_many_entries_are_stopped_at_the_limit()
    {
        var tar = new TarBuilder();
        for (var i = 0; i < 20; i++) tar.Directory($"d{i}");

        Assert.Equal("STR4030", (await FailsAsync(() => UnpackAsync("many.tar", tar.Bytes(), limits: new(Entries: 10)))).Rule.Code);
    }

    [Fact]
    public async Task A_huge_header_is_refused_before_it_is_read()
    {
        // A PAX header that announces 1.5 GB; gzip makes such a thing out of almost nothing.
        var header = new TarBuilder().File("f", "x").Bytes()[..512];
        Encoding.ASCII.GetBytes("13132000000\0").CopyTo(header, 124);
        Checksum(header);

        var problem = await FailsAsync(() => UnpackAsync("p.tar", [.. header, .. new byte[4 << 20]]));

        Assert.Equal("STR4031", problem.Rule.Code);
    }

    [Theory]
    [InlineData(".tgz")]
    [InlineData(".tar.xz")]
    [InlineData(".tar.bz2")]
    public async Task A_broken_archive_is_an_error_and_not_half_a_result(string extension)
    {
        var noise = new Random(1);
        var content = new string([.. Enumerable.Range(0, 300_000).Select(_ => (char)noise.Next(32, 127))]);
        var tar = new TarBuilder().File("f", content);
        var packed = extension switch { ".tgz" => tar.Gzip(), ".tar.xz" => await CompressAsync("xz", tar.Bytes()), _ => await CompressAsync("bzip2", tar.Bytes()) };

        Assert.Equal("STR4031", (await FailsAsync(() => UnpackAsync("cut" + extension, packed[..(packed.Length / 2)]))).Rule.Code);
        packed[packed.Length / 2] ^= 0xff;
        Assert.Equal("STR4031", (await FailsAsync(() => UnpackAsync("flipped" + extension, packed))).Rule.Code);
    }

    [Fact]
    public async Task A_blob_that_the_disk_has_changed_is_not_unpacked()
    {
        var file = Store("p.tar", new TarBuilder().File("f", "x").Bytes());
        File.SetUnixFileMode(_blobs.PathOf(file.Pin), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.AppendAllTextAsync(_blobs.PathOf(file.Pin), "rust");

        Assert.Equal("STR4020", (await FailsAsync(() => UnpackAsync(file))).Rule.Code);
        Assert.False(File.Exists(At("f")));
    }

    [Fact]
    public async Task A_zip_becomes_files_with_modes_and_links()
    {
        await UnpackAsync("p.zip", Zip(("d/", "", 0), ("d/run", "x", 0x81ed), ("d/plain", "y", 0x81b6), ("d/dos", "z", 0), ("link", "d/run", 0xa1ff)));

        Assert.Equal(
            """
            d/ 755 2020-01-02
            d/dos 644 2020-01-02 z
            d/plain 644 2020-01-02 y
            d/run 755 2020-01-02 x
            link -> d/run
            """, Tree());
    }

    [Theory]
    [InlineData("../evil", 0x81a4, "climbs out")]
    [InlineData("/evil", 0x81a4, "absolute")]
    [InlineData("fifo", 0x11a4, "neither")]
    [InlineData("link", 0xa1ff, "link out of the sources")]
    public async Task A_hostile_zip_is_refused(string name, int mode, string reason)
    {
        var problem = await FailsAsync(() => UnpackAsync("p.zip", Zip((name, "../../x", mode))));

        Assert.Equal("STR4030", problem.Rule.Code);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_gives_its_data()
    {
        var data = await CompressAsync("xz", new TarBuilder().File("./usr/bin/x", "x").Bytes());
        byte[] Member(string name, byte[] content) =>
            [.. Encoding.ASCII.GetBytes($"{name,-16}{0,-12}{0,-6}{0,-6}{"100644",-8}{content.Length,-10}`\n"), .. content, .. new byte[content.Length % 2]];

        await UnpackAsync("x_1_arm64.deb", [.. "!<arch>\n"u8, .. Member("debian-binary", "2.0\n"u8.ToArray()), .. Member("control.tar.xz", [1, 2, 3]), .. Member("data.tar.xz", data)]);

        Assert.Equal("x", await File.ReadAllTextAsync(At("usr/bin/x")));
    }

    [Fact]
    public async Task Files_are_copied_and_single_compressed_files_lose_their_extension()
    {
        await UnpackAsync("plain.txt", "text"u8.ToArray());
        await UnpackAsync("notes.txt.xz", await CompressAsync("xz", "notes"u8.ToArray()));
        await UnpackAsync("kept.tar", [1, 2, 3], ";unpack=0;subdir=sub");

        Assert.Equal(
            """
            notes.txt 644 1970-01-01 notes
            plain.txt 644 1970-01-01 text
            sub/ 755 1970-01-01
            sub/kept.tar 644 1970-01-01 #3
            """.Replace("#3", "\u0001\u0002\u0003", StringComparison.Ordinal), Tree());
    }

    [Theory]
    [InlineData("sub", "sub/f")]
    [InlineData("/build/work/sources/x", "x/f")]
    public async Task A_subdir_is_below_the_directory(string subdir, string expected)
    {
        await UnpackAsync("p.tar", new TarBuilder().File("f", "x").Bytes(), ";subdir=" + subdir);

        Assert.True(File.Exists(At(expected)));
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("/elsewhere")]
    public async Task A_subdir_outside_is_refused(string subdir) =>
        Assert.Equal("STR4030", (await FailsAsync(() => UnpackAsync("p.tar", new TarBuilder().File("f", "x").Bytes(), ";subdir=" + subdir))).Rule.Code);

    [Fact]
    public async Task Local_files_land_under_the_path_of_their_entry()
    {
        _files.Write("layer/conf/a.cfg", "a");
        _files.Write("layer/tree/b", "b");
        _files.Write("layer/tree/deep/c.sh", "c");
        File.SetUnixFileMode(_files.At("layer/tree/deep/c.sh"), (UnixFileMode)0b111_000_000);

        await UnpackAsync(new LocalFile(SourceUri.Parse("file://conf/a.cfg"), _files.At("layer/conf/a.cfg")));
        await UnpackAsync(new LocalFile(SourceUri.Parse("file://tree"), _files.At("layer/tree")));

        Assert.Equal(
            """
            conf/ 755 1970-01-01
            conf/a.cfg 644 1970-01-01 a
            tree/ 755 1970-01-01
            tree/b 644 1970-01-01 b
            tree/deep/ 755 1970-01-01
            tree/deep/c.sh 755 1970-01-01 c
            """, Tree());
    }

    [Fact]
    public async Task A_cancelled_unpack_stops()
    {
        var file = Store("p.tgz", new TarBuilder().File("f", new string('x', 3_000_000)).Gzip());
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Unpacker().UnpackAsync(file, default, stop.Token));
    }

    private static void Checksum(byte[] header)
    {
        "        "u8.CopyTo(header.AsSpan(148));
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
    }

    private static byte[] Zip(params (string Name, string Content, int Mode)[] entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content, mode) in entries)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = TarBuilder.Time;
                entry.ExternalAttributes = mode << 16;
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        return bytes.ToArray();
    }

    private static async Task<byte[]> CompressAsync(string tool, byte[] plain)
    {
        var packed = new MemoryStream();
        var outcome = await ProcessRunner.RunAsync(new() { Command = [tool, "-c"], WriteInput = s => s.Write(plain), ReadOutput = s => s.CopyTo(packed) }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Error);
        return packed.ToArray();
    }

    [Theory]
    [InlineData("p.7z", "7z a -bso0 p.7z d")]
    [InlineData("p.cpio", "find d | sort | cpio --quiet -o -H newc > p.cpio")]
    [InlineData("p.cpio.gz", "find d | sort | cpio --quiet -o -H newc | gzip > p.cpio.gz")]
    [InlineData("p.tar.lzma", "tar cf - d | xz --format=lzma > p.tar.lzma")]
    public async Task Archives_of_other_tools_come_out_the_same(string name, string command)
    {
        _files.Write("made/d/plain", "a");
        _files.Write("made/d/sub/run", "b");
        File.SetUnixFileMode(_files.At("made/d/sub/run"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(_files.At("made/d/link"), "sub/run");

        await UnpackAsync(name, await MakeAsync(command, name));

        Assert.Equal("a", File.ReadAllText(At("d/plain")));
        Assert.True(File.GetUnixFileMode(At("d/sub/run")).HasFlag(UnixFileMode.UserExecute) || name == "p.7z" && File.Exists(At("d/sub/run")));
        Assert.Equal("sub/run", new FileInfo(At("d/link")).LinkTarget);
    }

    [Fact]
    public async Task A_crate_lies_where_cargo_finds_it_with_its_checksum()
    {
        var crate = Store("glob-0.2.11.crate", new TarBuilder().File("glob-0.2.11/Cargo.toml", "x").Gzip());
        Assert.True(LanguageRegistry.TryResolve(SourceUri.Parse("crate://crates.io/glob/0.2.11"), out var download, out _));

        await UnpackAsync(new PinnedFile(download, crate.Pin));

        Assert.Equal("x", File.ReadAllText(At("cargo_home/bitbake/glob-0.2.11/Cargo.toml")));
        Assert.Equal($"{{\"files\":{{}},\"package\":\"{crate.Pin.Hex}\"}}", File.ReadAllText(At("cargo_home/bitbake/glob-0.2.11/.cargo-checksum.json")));
    }

    [Fact]
    public async Task The_payload_of_an_rpm_comes_out()
    {
        _files.Write("made/usr/hello", "hello");
        File.WriteAllBytes(_files.At("made/head"), [0xed, 0xab, 0xee, 0xdb, .. new byte[92], .. RpmHeader(3), .. new byte[5], .. RpmHeader(7)]);

        await UnpackAsync("p.rpm", await MakeAsync("(cat head; find usr | cpio --quiet -o -H newc | xz) > p.rpm", "p.rpm"));

        Assert.Equal("hello", File.ReadAllText(At("usr/hello")));
    }

    [Fact]
    public async Task Names_of_one_file_in_a_cpio_all_get_its_content()
    {
        _files.Write("made/a", "content");
        var cpio = await MakeAsync("ln a b; ln a c; (echo a; echo b; echo c) | cpio --quiet -o -H newc > p.cpio", "p.cpio");

        await UnpackAsync("p.cpio", cpio);

        Assert.Equal(["content", "content", "content"], new[] { "a", "b", "c" }.Select(n => File.ReadAllText(At(n))));
    }

    [Theory]
    [InlineData("mkdir d; (cd d; echo ../evil | cpio --quiet -o -H newc) > p.cpio", "climbs out")]
    [InlineData("echo $PWD/evil | cpio --quiet -o -H newc > p.cpio", "has an absolute path")]
    [InlineData("mkfifo pipe; echo pipe | cpio --quiet -o -H newc > p.cpio", "neither file, directory nor link")]
    [InlineData("ln -s ../.. up; echo up | cpio --quiet -o -H newc > p.cpio", "is a link out of the sources")]
    public async Task A_hostile_cpio_is_refused(string command, string reason)
    {
        _files.Write("made/evil", "x");

        var problem = await FailsAsync(async () => await UnpackAsync("p.cpio", await MakeAsync(command, "p.cpio")));

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p.7z")]
    [InlineData("p.cpio")]
    [InlineData("p.rpm")]
    public async Task An_archive_that_is_none_cannot_make_a_tool_read_this_machine(string name)
    {
        // libarchive takes this for a list of files and would put their content into the archive.
        var list = $"#mtree\n./x type=file contents={_files.Write("secret", "secret")}\n" + new string('#', 300);

        Assert.Equal("STR4031", (await FailsAsync(() => UnpackAsync(name, Encoding.ASCII.GetBytes(list)))).Rule.Code);
        Assert.False(File.Exists(At("x")));
    }

    [Theory]
    [InlineData("p.7z", "7z a -bso0 p.7z f")]
    [InlineData("p.cpio", "echo f | cpio --quiet -o -H newc > p.cpio")]
    public async Task A_truncated_archive_is_broken_and_leaves_nothing(string name, string command)
    {
        _files.Write("made/f", string.Join('\n', Enumerable.Range(0, 5000).Select(n => $"{n * 7919 % 10007}")));
        var whole = await MakeAsync(command, name);

        Assert.Equal("STR4031", (await FailsAsync(() => UnpackAsync(name, whole[..(whole.Length / 2)]))).Rule.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.At("work")));
    }

    [Fact]
    public async Task What_a_refused_archive_wrote_is_gone_and_what_was_there_before_stays()
    {
        await UnpackAsync("good.tar", new TarBuilder().File("d/good", "x").Bytes());

        _ = await FailsAsync(() => UnpackAsync("bad.tar", new TarBuilder().File("d/bad", "x").File("new/sub/bad", "x").Link("new/l", "sub").File("../evil", "x").Bytes()));

        Assert.Equal(["d", "d/good"], Directory.EnumerateFileSystemEntries(_files.At("work"), "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(_files.At("work"), p)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_link_whose_name_another_file_system_would_mistake_is_refused() =>
        await RefusedAsync(new TarBuilder().Link("Dir", "elsewhere").File("dir/evil", "x"), "differs only in case");

    [Theory]
    [InlineData("ünï-cödé")]
    [InlineData("-rf")]
    [InlineData("back\\slash")]
    public async Task A_name_is_only_a_name(string name)
    {
        await UnpackAsync("p.tar", new TarBuilder().File($"d/{name}", "a").Bytes());

        Assert.Equal("a", File.ReadAllText(At($"d/{name}")));
    }

    [Fact]
    public async Task A_name_that_no_file_system_takes_is_refused_and_nothing_is_left()
    {
        Assert.Equal("STR4031", (await FailsAsync(() => UnpackAsync("p.tar", new TarBuilder().File("d/a", "a").File("d/" + new string('n', 300), "x").Bytes()))).Rule.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.At("work")));
    }

    [Theory]
    [InlineData("printf x > \"$(printf 'a\\nb')\"; tar -cf p.tar a*")]
    [InlineData("printf x > \"$(printf 'a\\377b')\"; tar -cf p.tar a*")]
    [InlineData("printf x > \"$(printf 'a\\377b')\"; ls a* | cpio --quiet -o -H newc > p.cpio")]
    public async Task A_name_of_more_lines_or_no_text_does_no_harm(string command)
    {
        var name = command.Contains("p.tar", StringComparison.Ordinal) ? "p.tar" : "p.cpio";
        await UnpackAsync(name, await MakeAsync(command, name));

        Assert.Equal("x", File.ReadAllText(Assert.Single(Directory.EnumerateFiles(_files.At("work")))));
    }

    [Fact]
    public async Task Modes_of_an_archive_give_no_rights_and_take_none()
    {
        var all = (UnixFileMode)0b111_111_111_111;
        await UnpackAsync("p.tar", new TarBuilder().Directory("closed", UnixFileMode.None).File("closed/setuid", "a", all).File("closed/secret", "b", UnixFileMode.None).Bytes());

        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(At("closed")));
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(At("closed/setuid")));
        Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(At("closed/secret")));
    }

    [Theory]
    [InlineData("truncate -s 1T hole; tar --sparse -cf p.tar hole", "p.tar")]
    [InlineData("truncate -s 1T hole; tar --sparse --format=posix -cf p.tar hole", "p.tar")]
    [InlineData("truncate -s 1T hole; tar --sparse --format=posix --sparse-version=0.1 -cf p.tar hole", "p.tar")]
    public async Task A_terabyte_of_nothing_fills_no_disk(string command, string name)
    {
        _ = await FailsAsync(async () => await UnpackAsync(name, await MakeAsync(command, name)));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.At("work")));
    }

    [Fact]
    public async Task An_archive_in_an_archive_stays_one()
    {
        var inner = Encoding.Latin1.GetString(new TarBuilder().File("../evil", "x").Bytes());
        await UnpackAsync("p.tar", new TarBuilder().File("inner.tar", inner).Bytes());

        Assert.Equal([At("inner.tar")], Directory.EnumerateFileSystemEntries(_files.At("work")));
    }

    [Fact]
    public async Task A_module_lies_where_go_finds_it_without_a_network()
    {
        var (module, old) = (Module("example.org/Upper", "v1.0.0", ("go.mod", "module example.org/Upper\n\ngo 1.18\n"), ("upper.go", "package upper\nfunc Word() string { return \"hello\" }\n")),
            Module("example.org/old", "v0.0.1", ("old.go", "package old\nfunc Word() string { return \"world\" }\n")));
        await UnpackAsync(Download("gomod://example.org/Upper;version=v1.0.0", module));
        await UnpackAsync(Download("gomod://example.org/old;version=v0.0.1", old));
        await UnpackAsync(Download("gomod://example.org/unused;version=v2.0.0;mod=1", Encoding.ASCII.GetBytes("module example.org/unused\n")));
        Assert.Equal("module example.org/unused\n", File.ReadAllText(At("pkg/mod/cache/download/example.org/unused/@v/v2.0.0.mod")));

        _files.Write("app/go.mod", "module example.org/app\n\ngo 1.18\n\nrequire (\n\texample.org/Upper v1.0.0\n\texample.org/old v0.0.1\n)\n");
        _files.Write("app/main.go", "package main\nimport (\n\t\"example.org/Upper\"\n\t\"example.org/old\"\n)\nfunc main() { println(upper.Word(), old.Word()) }\n");
        var outcome = await ProcessRunner.RunAsync(new()
        {
            Command = ["go", "run", "."],
            WorkingDirectory = _files.At("app"),
            Environment = HostEnvironment.Current.SetItem("GOMODCACHE", At("pkg/mod")).SetItem("GOPROXY", "off").SetItem("GOSUMDB", "off").SetItem("GOTOOLCHAIN", "local")
                .SetItem("GOFLAGS", "-mod=mod -modcacherw").SetItem("GOCACHE", _files.At("go-cache")).SetItem("CGO_ENABLED", "0"),
        }, CancellationToken.None);

        Assert.True(outcome.Succeeded, outcome.Error);
        Assert.Contains("hello world", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_is_no_zip_is_refused_and_nothing_is_left()
    {
        Assert.Equal("STR4031", (await FailsAsync(() => UnpackAsync(Download("gomod://example.org/x;version=v1.0.0", "no zip"u8.ToArray())))).Rule.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.At("work")));
    }

    [Fact]
    public async Task A_development_directory_is_copied_without_what_git_ignores()
    {
        _files.Write("mine/.gitignore", "*.o\n");
        _files.Write("mine/src/a.c", "new");
        _files.Write("mine/src/a.o", "built");
        _files.Write("mine/gone.c", "x");
        await MakeInAsync("mine", "git init --quiet . && git add gone.c && rm gone.c && ln -s src/a.c link");
        _files.Write("mine/untracked", "x");

        await UnpackAsync(new DevelopmentTree(SourceUri.Parse("file:///x"), _files.At("mine"), "/build/work/sources/p-1.0"));

        Assert.Equal([".gitignore", "link", "src", "src/a.c", "untracked"],
            Directory.EnumerateFileSystemEntries(At("p-1.0"), "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(At("p-1.0"), p)).Order(StringComparer.Ordinal));
    }

    private static byte[] Module(string path, string version, params (string Name, string Content)[] files) =>
        Zip([.. files.Select(f => ($"{path}@{version}/{f.Name}", f.Content, 0b110_100_100))]);

    private PinnedFile Download(string entry, byte[] content)
    {
        Assert.True(LanguageRegistry.TryResolve(SourceUri.Parse(entry), out var download, out var problem), problem);
        return new(download, Store("any", content).Pin);
    }

    [Fact]
    public async Task Files_whose_names_differ_only_in_case_are_two_files()
    {
        await UnpackAsync("p.tar", new TarBuilder().File("xt_MARK.h", "a").File("xt_mark.h", "b").Bytes());

        Assert.Equal("ab", File.ReadAllText(At("xt_MARK.h")) + File.ReadAllText(At("xt_mark.h")));
    }

    private static byte[] RpmHeader(byte size) => [0x8e, 0xad, 0xe8, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, size, .. new byte[size]];

    private async Task<byte[]> MakeAsync(string command, string name)
    {
        Directory.CreateDirectory(_files.At("made"));
        await MakeInAsync("made", command);
        return await File.ReadAllBytesAsync(_files.At("made/" + name));
    }

    private async Task MakeInAsync(string directory, string command)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["sh", "-ec", command], WorkingDirectory = _files.At(directory) }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Error);
    }

    private string At(string relative) => _files.At("work/" + relative);

    private Unpacker Unpacker(UnpackLimits? limits = null) => new(
        new() { Directory = _files.At("work"), SandboxDirectory = "/build/work/sources", Environment = HostEnvironment.Current, Limits = limits ?? new() },
        _blobs, new GitMirrors(new() { DownloadDirectory = _files.At("downloads"), Environment = HostEnvironment.Current }));

    private PinnedFile Store(string name, byte[] bytes, string parameters = "")
    {
        using var blob = _blobs.BeginWrite();
        blob.Write(bytes);
        return new(SourceUri.Parse($"https://example.org/{name}{parameters}"), blob.Commit());
    }

    private async Task<Diagnostic[]> UnpackAsync(string name, byte[] bytes, string parameters = "", UnpackLimits? limits = null) =>
        await UnpackAsync(Store(name, bytes, parameters), limits);

    private async Task<Diagnostic[]> UnpackAsync(PinnedSource source, UnpackLimits? limits = null) =>
        [.. await Unpacker(limits).UnpackAsync(source, new("hello.bb", 1), CancellationToken.None)];

    private async Task RefusedAsync(TarBuilder tar, string reason)
    {
        var problem = await FailsAsync(() => UnpackAsync("p.tar", tar.Bytes()));
        Assert.Equal("STR4030", problem.Rule.Code);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", Directory.EnumerateFiles(_files.Root, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        FileTree.Delete(_files.At("work"));
    }

    private static async Task<Diagnostic> FailsAsync(Func<Task> act)
    {
        var problem = (await Assert.ThrowsAsync<SourceException>(act)).Problem;
        Assert.Equal("hello.bb:1", problem.Place.ToString());
        return problem;
    }

    private string Tree() => string.Join('\n', new DirectoryInfo(_files.At("work")).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .Select(Describe).Order(StringComparer.Ordinal));

    private string Describe(FileSystemInfo info)
    {
        var name = Path.GetRelativePath(_files.At("work"), info.FullName);
        if (info.LinkTarget is { } target) return $"{name} -> {target}";
        var facts = $"{Convert.ToString((int)info.UnixFileMode, 8)} {info.LastWriteTimeUtc:yyyy-MM-dd}";
        return info is FileInfo ? $"{name} {facts} {File.ReadAllText(info.FullName)}" : $"{name}/ {facts}";
    }
}
