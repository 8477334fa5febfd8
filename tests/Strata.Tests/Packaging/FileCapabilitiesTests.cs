using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Capabilities and other extended attributes, from the declaration or the install tree to what programs of the kernel's side read.</summary>
public sealed class FileCapabilitiesTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("cap_net_raw+ep", "0100000200200000000000000000000000000000", "cap_net_raw+ep")]
    [InlineData("cap_chown,cap_net_bind_service=p", "0000000201040000000000000000000000000000", "cap_chown,cap_net_bind_service+p")]
    [InlineData("cap_bpf+ei cap_kill+eip", "0100000220000000200000000000000080000000", "cap_kill+eip cap_bpf+ei")]
    public void Text_and_bytes_say_the_same(string text, string hex, string canonical)
    {
        var bytes = FileCapabilities.Parse(text);

        Assert.Equal(hex, Convert.ToHexString(bytes!));
        Assert.Equal(canonical, FileCapabilities.Text(bytes));
        Assert.Equal(bytes, FileCapabilities.Parse(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cap_net_raw")]
    [InlineData("cap_net_raw+")]
    [InlineData("cap_net_raw+x")]
    [InlineData("net_raw+ep")]
    [InlineData("cap_nonsense+ep")]
    [InlineData("cap_net_raw+ep cap_chown+p")]
    public void What_no_file_can_have_is_refused(string text) => Assert.Null(FileCapabilities.Parse(text));

    [Fact]
    public void The_namespace_in_which_they_were_set_is_forgotten()
    {
        var inNamespace = Convert.FromHexString("0100000300200000000000000000000000000000E8030000");

        Assert.Equal(FileCapabilities.Parse("cap_net_raw+ep"), FileCapabilities.Normalize(inNamespace));
    }

    [Fact]
    public async Task Setcap_makes_the_same_bytes_and_getcap_reads_what_the_image_has()
    {
        Tool.Require("setcap", "getcap", "unshare", "getfattr", "umoci");
        Build("/bin/declared root:root 0755 cap_net_raw,cap_net_admin+ep");
        await OciImageWriter.WriteAsync(new()
        {
            RootfsTar = _scratch["rootfs/rootfs.tar"],
            OutputDirectory = _scratch["image"],
            Platform = OciPlatform.Of("x86_64"),
            Created = DateTimeOffset.UnixEpoch,
        }, TestContext.Current.CancellationToken);

        // Root of a user namespace may set them; that of revision 3 is what the kernel makes of it.
        var script = $"""
            set -e
            cd {_scratch.Root}
            mkdir tarred
            tar -x --xattrs --xattrs-include='*' -f rootfs/rootfs.tar -C tarred
            umoci unpack --image image:latest bundle >/dev/null
            cp tarred/bin/plain other && setcap cap_net_raw,cap_net_admin+ep other
            getcap other | cut -d' ' -f2
            for tree in tarred bundle/rootfs; do
                getcap $tree/bin/declared | cut -d' ' -f2
                getfattr --absolute-names --only-values -n user.note $tree/bin/plain | od -An -tx1
            done
            """;
        var seen = await Tool.RunAsync("unshare", "--user", "--map-root-user", "sh", "-c", script);

        Assert.Equal("cap_net_admin,cap_net_raw=ep\ncap_net_admin,cap_net_raw=ep\n 00 0a ff 3d\ncap_net_admin,cap_net_raw=ep\n 00 0a ff 3d\n", seen);
    }

    [Fact]
    public void A_package_manager_sets_them_when_it_has_unpacked_the_files()
    {
        Build("/bin/declared root:root 0755 cap_net_raw+ep");

        var script = MaintainerScripts.Of(PackageList.Read(_scratch["packages"]).Packages.Single())["postinst"];

        Assert.Contains("setcap 'cap_net_raw+ep' \"$DPKG_ROOT\"'/bin/declared'", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declaration_that_is_no_capability_is_an_error()
    {
        var diagnostics = new Diagnostics();

        OwnershipTable.Parse("/bin/ping root:root 0755 net_raw", default, diagnostics);

        Assert.Equal("STR6016", diagnostics.Sorted().Single().Rule.Code);
    }

    private void Build(string owners)
    {
        _scratch.Write("d/bin/declared", "program\n", 0b111_101_101);
        _scratch.Write("d/bin/plain", "program too\n", 0b111_101_101);
        Tool.RunAsync("setfattr", "-n", "user.note", "-v", "0x000aff3d", _scratch["d/bin/plain"]).Wait(TestContext.Current.CancellationToken);
        var diagnostics = new Diagnostics();
        PackageSplitter.Split(new()
        {
            InstallTree = _scratch["d"],
            OutputDirectory = _scratch["packages"],
            Recipe = "caps",
            Version = "1",
            License = "MIT",
            PackageArchitecture = "all",
            Packages = [new() { Name = "caps", Files = ["/"] }],
            Ownership = OwnershipTable.Parse(owners, default, diagnostics),
        }, diagnostics, TestContext.Current.CancellationToken);
        RootfsBuilder.Build(new()
        {
            Install = ["caps"],
            PackageArtifacts = [_scratch["packages"]],
            OutputDirectory = _scratch["rootfs"],
            Epoch = DateTimeOffset.UnixEpoch,
            RequireBasics = false,
        }, diagnostics, TestContext.Current.CancellationToken);
        Assert.False(diagnostics.HasErrors, string.Join('\n', diagnostics.Sorted()));
    }
}
