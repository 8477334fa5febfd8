using System.Collections.Immutable;
using System.Formats.Tar;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>IMAGE_FEATURES, first boot, the package manager's database, closures of programs.</summary>
public sealed partial class RootfsBuilderTests
{
    [Theory]
    [InlineData("lib (>= 1.0)", true)]
    [InlineData("lib (= 1.0-r0)", true)]
    [InlineData("lib (> 1.0-r0)", false)]
    [InlineData("lib (>= 2.0)", false)]
    [InlineData("interface (= 5)", true)]
    [InlineData("interface (>= 6)", false)]
    public void A_version_constraint_is_enforced(string depends, bool isMet)
    {
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Depends = depends });
        Recipe("lib", new PackageSpec { Name = "lib", Files = ["/"], Provides = "interface (= 5)" });

        Assert.Equal(isMet, Build(Request("app")) is not null);
        if (!isMet) Assert.Equal("STR6045", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void A_conflict_with_other_versions_does_not_matter()
    {
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Conflicts = "lib (< 1.0)" });
        Recipe("lib");

        Assert.NotNull(Build(Request("app", "lib")));
    }

    [Theory]
    [InlineData("deb")]
    [InlineData("ipk")]
    public async Task The_database_of_the_package_manager_says_what_is_installed(string format)
    {
        Tool.Require("dpkg");
        _scratch.Write("d-app/usr/bin/app", "x", 0b111_101_101);
        _scratch.Write("d-app/etc/app.conf", "c");
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Depends = "lib", Summary = "An application", ConfigurationFiles = ["/etc/app.conf"] });
        Recipe("lib", new PackageSpec { Name = "lib", Files = ["/"], Scripts = Script("postinst", "ldconfig") });

        Assert.NotNull(Build(Request("app") with { Features = ["package-management"], Database = FeedFormat.Of(format)! }));

        Assert.Equal($"#!/bin/sh\nexec {(format == "deb" ? "dpkg --configure -a" : "opkg configure")}\n", Content(Entries()["etc/postinsts/100-configure"]));
        if (format == "ipk")
        {
            Assert.Contains("Package: app\nStatus: install user installed\n", Content(Entries()["var/lib/opkg/status"]), StringComparison.Ordinal);
            Assert.Contains("/usr/bin/app\n", Content(Entries()["var/lib/opkg/info/app.list"]), StringComparison.Ordinal);
            return;
        }
        var root = await UnpackAsync();
        Assert.Equal("app 1.0-r0 install ok installed\nlib 1.0-r0 install ok unpacked\n",
            await Tool.RunAsync("dpkg-query", $"--admindir={root}/var/lib/dpkg", "--showformat", "${Package} ${Version} ${Status}\\n", "--show"));
        Assert.Contains("/usr/bin/app\n", await Tool.RunAsync("dpkg", $"--root={root}", "--listfiles", "app"), StringComparison.Ordinal);
        Assert.Equal("", await Tool.RunAsync("dpkg", $"--root={root}", "--verify", "app"));
        File.WriteAllText(Path.Combine(root, "usr/bin/app"), "changed");
        Assert.Contains("/usr/bin/app", await VerifyAsync(root), StringComparison.Ordinal);

        static async Task<string> VerifyAsync(string root) => (await Strata.Core.ProcessRunner.RunAsync(
            new() { Command = ["dpkg", $"--root={root}", "--verify", "app"] }, TestContext.Current.CancellationToken)).Output;
    }

    [Fact]
    public async Task Scripts_run_once_on_the_first_boot_in_the_order_of_installation()
    {
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Depends = "lib", Scripts = Script("postinst_ontarget", "echo app") });
        Recipe("lib", new PackageSpec { Name = "lib", Files = ["/"], Scripts = Script("postinst", "echo lib") });

        Assert.NotNull(Build(Request("app")));

        Assert.Equal(["etc/postinsts/100-lib", "etc/postinsts/101-app"], Entries().Keys.Where(k => k.StartsWith("etc/postinsts/1", StringComparison.Ordinal)));
        var root = await UnpackAsync();
        var runner = File.ReadAllText(Path.Combine(root, "usr/sbin/run-postinsts")).Replace("/etc/postinsts", $"{root}/etc/postinsts", StringComparison.Ordinal);
        Assert.Equal("lib\napp\n", await Tool.RunAsync("sh", "-c", runner));
        Assert.Equal("", await Tool.RunAsync("sh", "-c", runner));
        Assert.False(Directory.Exists($"{root}/etc/postinsts"));
    }

    [Fact]
    public void A_read_only_image_takes_no_script_for_the_first_boot()
    {
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Scripts = Script("postinst", "true") });

        Assert.Null(Build(Request("app") with { Features = ["read-only-rootfs"] }));
        Assert.Equal("STR6049", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void Features_change_the_files_they_are_about()
    {
        _scratch.Write("d-base/etc/fstab", "# all\n/dev/root / auto defaults,noatime 1 1\nproc /proc proc defaults 0 0\n");
        _scratch.Write("d-base/etc/shadow", "root:*:19723:0:99999:7:::\ndaemon:*:1::::::\n", 0b100_000_000);
        _scratch.Write("d-base/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        _scratch.Write("d-base/usr/share/zoneinfo/Europe/Berlin", "TZif");
        _scratch.Write("d-base/var/lib/systemd/random-seed", "seed");
        BaseFiles();

        Assert.NotNull(Build(Request("base") with
        {
            Features = ["read-only-rootfs", "debug-tweaks"], TimeZone = "Europe/Berlin", Locale = "de_DE.UTF-8",
        }));

        var entries = Entries();
        Assert.Equal("# all\n/dev/root / auto ro,noatime 1 1\nproc /proc proc defaults 0 0\n", Content(entries["etc/fstab"]));
        Assert.Equal("root::19723:0:99999:7:::\ndaemon:*:1::::::\n", Content(entries["etc/shadow"]));
        Assert.Equal(0b100_000_000, (int)entries["etc/shadow"].Mode);
        Assert.Equal(0, entries["etc/machine-id"].Length);
        Assert.DoesNotContain("var/lib/systemd/random-seed", entries.Keys);
        Assert.Equal("../usr/share/zoneinfo/Europe/Berlin", entries["etc/localtime"].LinkName);
        Assert.Equal("LANG=de_DE.UTF-8\n", Content(entries["etc/locale.conf"]));

        Build(Request("base"));
        Assert.Equal("uninitialized\n", Content(Entries()["etc/machine-id"]));
    }

    [Fact]
    public void What_cannot_be_right_about_an_image_is_said()
    {
        _scratch.Write("d-app/etc/ssh/ssh_host_rsa_key", "secret");
        _scratch.Write("d-app/bin/tool", "");
        Recipe("app");

        Assert.Null(Build(Request("app") with { Features = ["read-only-rotfs"], TimeZone = "Mars/Base", MergedUsr = true }));
        Assert.Equal(["STR6046", "STR6047", "STR6048", "STR6052"], _diagnostics.Sorted().Select(d => d.Rule.Code).Order(StringComparer.Ordinal));
        Assert.Equal("did you mean 'read-only-rootfs'?", _diagnostics.Sorted().Single(d => d.Rule.Code == "STR6046").Hint);
    }

    [Fact]
    public async Task A_closure_keeps_programs_with_loaders_libraries_and_interpreters_and_nothing_else()
    {
        Tool.Require("gcc");
        foreach (var name in new[] { "bin", "lib" }) _scratch.Link($"d-base/{name}", $"usr/{name}");
        _scratch.MakeDirectory("d-base/usr/bin");
        _scratch.Write("d-base/usr/lib/ld-test.so.1", "loader", 0b111_101_101);
        _scratch.Write("d-base/usr/lib/libunused.so", "u");
        await Tool.CompileAsync("gcc", "int f(void) { return 0; }", _scratch["d-base/usr/lib/libf.so.1.0"], "-nostdlib", "-shared", "-fPIC", "-Wl,-soname,libf.so.1");
        _scratch.Link("d-base/usr/lib/libf.so.1", "libf.so.1.0");
        await Tool.CompileAsync("gcc", "int f(void); void _start(void) { f(); }", _scratch["d-app/usr/bin/app"], "-nostdlib", "-pie", "-Wl,--dynamic-linker,/lib/ld-test.so.1", _scratch["d-base/usr/lib/libf.so.1.0"]);
        _scratch.Write("d-app/usr/bin/script", "#!/bin/app -x\n", 0b111_101_101);
        _scratch.Write("d-app/usr/share/app/data", "d");
        _scratch.Write("d-app/usr/share/doc/app", "d");
        Recipe("base");
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], SkippedChecks = ["file-rdeps"] });
        Recipe("other");

        var rootfs = Build(Request("app", "base", "other") with { Programs = ["/bin/script"], ProgramFiles = ["/usr/share/app"] });

        Assert.True(rootfs is not null, string.Join('\n', _diagnostics.Sorted()));
        Assert.Equal(
            ["bin", "lib", "usr/bin/app", "usr/bin/script", "usr/lib/ld-test.so.1", "usr/lib/libf.so.1", "usr/lib/libf.so.1.0", "usr/share/app/data"],
            Entries().Where(e => e.Value.EntryType != TarEntryType.Directory).Select(e => e.Key));
        Assert.Equal(["app", "base"], rootfs.Packages.Select(p => p.Name));

        Assert.Null(Build(Request("app") with { Programs = ["/usr/bin/ap", "/usr/bin/app"] }));
        Assert.Equal(["STR6050", "STR6051", "STR6051"], _diagnostics.Sorted().Select(d => d.Rule.Code).Order(StringComparer.Ordinal));
    }

    private static ImmutableSortedDictionary<string, string> Script(string name, string text) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(name, text);

    private async Task<string> UnpackAsync()
    {
        _scratch.MakeDirectory("root");
        await Tool.RunAsync("tar", "--no-same-owner", "-C", _scratch["root"], "-xf", _scratch["rootfs/rootfs.tar"]);
        return _scratch["root"];
    }
}
