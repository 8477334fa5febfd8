using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Trees that nobody makes on purpose come out of an image as they went in, by the judgement of umoci and tar.</summary>
public sealed class HostileTreeTests : IDisposable
{
    /// <summary>Every entry with kind, mode, owner, time, link and name; the contents and the attributes of files. The root itself is the unpacker's.</summary>
    private const string Describe = """
        cd "$1"
        find . -mindepth 1 -printf '%y %m %U:%G %Ts %l %p\0' | sort -z | tr '\0' '|'
        find . -type f -printf '%s %n %p\0' | sort -z | tr '\0' '|'
        find . -type f -print0 | sort -z | xargs -0 sha256sum -z | tr '\0' '|'
        find . -type f -print0 | sort -z | xargs -0 getfattr -h -d -m '^(user|security.capability)' -e hex 2>/dev/null
        """;

    /// <summary>The bytes 0xff and 0xe9 alone are no UTF-8; the third name is a real character of the range that stands for such bytes.</summary>
    private const string MakeTree = """
        mkdir -p "$1"; cd "$1"
        long=$(printf 'n%.0s' $(seq 255)); raw=$(printf 'r%.0s' $(seq 250))
        mkdir -p usr/lib "dir with
        two lines" "$(printf 'latin\351')"
        echo a > usr/lib/plain
        echo b > "dir with
        two lines/a
        b"
        echo c > "$(printf 'latin\351/name\377')"
        echo d > "$(printf 'private\356\276\200use')"
        echo e > "$long"; echo f > "$(printf "$raw"'\377\376\375\374\373')"
        ln -s "$(printf 'no\377where')" "$(printf 'link\376')"
        ln "$long" zz-hard; ln "$(printf 'latin\351/name\377')" usr/lib/hard
        deep=deep; for i in $(seq 60); do deep=$deep/level-$i-and-some-more; done; mkdir -p "$deep"; echo g > "$deep/bottom"
        truncate -s 5M sparse; printf end >> sparse
        printf 'x\n' > ' leading blank'; : > '-n'; : > '*'; : > 'back\slash'
        chmod 4755 usr/lib/plain; chmod 1777 "$(printf 'latin\351')"; mkfifo pipe
        setfattr -n user.bytes -v 0x000aff3d0a usr/lib/plain
        setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 "$long"
        find . -exec touch -h -d @1600000000 {} +
        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(LayerStrategy.Single)]
    [InlineData(LayerStrategy.Packages)]
    public async Task An_archive_of_anything_survives_layers_umoci_and_tar(LayerStrategy layers)
    {
        Tool.Require("umoci", "getfattr", "unshare", "tar");
        _scratch.MakeDirectory("rootfs");
        var script = $"umask 022\n{MakeTree}\ntar -c --format=pax --pax-option=delete=atime,delete=ctime --xattrs --xattrs-include='*' --sort=name --numeric-owner -f {_scratch["rootfs/rootfs.tar"]} .";
        await ShellAsync(script, _scratch["tree"]);
        Manifest(TarIndex.Read(_scratch["rootfs/rootfs.tar"])).Write(_scratch["rootfs"]);

        var image = await WriteAsync(layers);

        Assert.Equal(layers == LayerStrategy.Single ? 1 : 5, image.Layers.Length);
        Assert.Equal(await ShellAsync(Describe, _scratch["tree"]), await UnpackedAsync());
    }

    [Fact]
    public async Task What_a_recipe_installs_survives_packages_layers_and_umoci()
    {
        Tool.Require("umoci", "getfattr", "unshare", "tar");
        await ShellAsync($"umask 022\n{MakeTree}\nfind . -depth -print0 | LC_ALL=C grep -azP '[\\xfe\\xff\\xe9]' | xargs -0 rm -rf", _scratch["tree"]);
        var diagnostics = new Diagnostics();
        var cancel = TestContext.Current.CancellationToken;
        PackageSplitter.Split(new()
        {
            InstallTree = _scratch["tree"],
            OutputDirectory = _scratch["packages"],
            Recipe = "hostile",
            Version = "1",
            License = "MIT",
            PackageArchitecture = "all",
            Packages = [new() { Name = "hostile-lib", Files = ["/usr/lib"] }, new() { Name = "hostile", Files = ["/"] }],
            Qa = QaPolicy.Parse("", "", ""),
        }, diagnostics, cancel);
        RootfsBuilder.Build(new()
        {
            Install = ["hostile", "hostile-lib"],
            PackageArtifacts = [_scratch["packages"]],
            OutputDirectory = _scratch["rootfs"],
            Epoch = ImageFixture.Epoch,
            RequireBasics = false,
        }, diagnostics, cancel);
        Assert.False(diagnostics.HasErrors, string.Join('\n', diagnostics.Sorted()));

        await WriteAsync(LayerStrategy.Packages);

        // Removing the names above has touched directories; an image has one time for all.
        await ShellAsync("cd \"$1\"; find . -exec touch -h -d @1600000000 {} +", _scratch["tree"]);
        Assert.Equal(await ShellAsync(Describe, _scratch["tree"]), await UnpackedAsync());
    }

    [Fact]
    public async Task A_name_that_means_a_removed_file_to_unpackers_is_refused()
    {
        _scratch.MakeDirectory("rootfs");
        await ShellAsync($"mkdir -p \"$1/etc\"; : > \"$1/etc/.wh.passwd\"; tar -cf {_scratch["rootfs/rootfs.tar"]} -C \"$1\" .", _scratch["tree"]);

        var refused = await Assert.ThrowsAsync<ImageException>(() => WriteAsync(LayerStrategy.Single));

        Assert.Equal("STR6210", refused.Diagnostic.Rule.Code);
        Assert.Contains("/etc/.wh.passwd", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("gr\u00fc\u00dfe \u4f60 \U0001F600")]
    [InlineData("\uEF80\uEFFF")]
    public void Text_that_is_a_name_is_the_same_after_a_round_trip(string name) =>
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(name), ByteText.ToBytes(ByteText.Of(System.Text.Encoding.UTF8.GetBytes(name))));

    [Fact]
    public void Every_sequence_of_bytes_has_a_text_of_its_own()
    {
        var random = new Random(7);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[1 + i % 9];
            random.NextBytes(bytes);
            Assert.Equal(bytes, ByteText.ToBytes(ByteText.Of(bytes)));
            texts.Add(ByteText.Of(bytes));
        }
        Assert.True(texts.Count > 1900);
    }

    /// <summary>Gives every third entry to one of three recipes and leaves the rest to nobody.</summary>
    private static RootfsManifest Manifest(ImmutableArray<TarSlice> slices) => new()
    {
        Hostname = "",
        Epoch = 0,
        Size = 0,
        Packages = [.. Enumerable.Range(0, 4).Select(n => new InstalledPackage
        {
            Name = $"p{n}",
            Version = "1",
            Revision = "r0",
            Recipe = $"p{n}",
            Architecture = "all",
            License = "MIT",
            Summary = "",
            Depends = [],
            Files = [.. slices.Where((s, i) => i % 5 == n).Select(s => new PackagedFile { Path = s.Path, Kind = FileKind.File, Mode = 0, Size = 1 << n })],
        })],
    };

    private async Task<OciImage> WriteAsync(LayerStrategy layers) => await OciImageWriter.WriteAsync(new()
    {
        RootfsTar = _scratch["rootfs/rootfs.tar"],
        OutputDirectory = _scratch["image"],
        Platform = OciPlatform.Of("x86_64"),
        Created = ImageFixture.Epoch,
        Layers = layers,
    }, TestContext.Current.CancellationToken);

    /// <summary>As root of a user namespace, who may set every attribute but has one user.</summary>
    private async Task<string> UnpackedAsync() =>
        await ShellAsync($"umoci unpack --image {_scratch["image"]}:latest {_scratch["bundle"]} > /dev/null\n{Describe}", _scratch["bundle/rootfs"]);

    private static Task<string> ShellAsync(string script, string argument) =>
        Tool.RunAsync("unshare", "--user", "--map-root-user", "sh", "-ec", script.ReplaceLineEndings("\n"), "sh", argument);
}
