using System.Formats.Tar;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

public sealed partial class RootfsBuilderTests : IDisposable
{
    private const string Passwd = "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\n";
    private const string Group = "root:x:0:\ndaemon:x:1:\nmail:x:8:\n";

    private static readonly DateTimeOffset s_epoch = DateTimeOffset.FromUnixTimeSeconds(1_600_000_000);

    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();
    private readonly List<string> _artifacts = [];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Needs_come_with_a_package_and_recommendations_when_they_exist()
    {
        Recipe("base");
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Depends = "lib (>= 1.0) virtual-shell", Recommends = "extra missing unwanted" });
        Recipe("lib");
        Recipe("busybox", new PackageSpec { Name = "busybox", Files = ["/"], Provides = "virtual-shell" });
        Recipe("extra", new PackageSpec { Name = "extra", Files = ["/"], Depends = "lib" });
        Recipe("unwanted");
        Recipe("unrelated");

        var rootfs = Build(Request("app") with { BadRecommendations = ["unwanted"] })!;

        Assert.Equal(["app", "busybox", "extra", "lib"], rootfs.Packages.Select(p => p.Name));
        Assert.Equal(["busybox", "extra", "lib"], rootfs.Packages[0].Depends);
    }

    [Fact]
    public void A_package_that_does_not_exist_is_named_with_who_needs_it()
    {
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Depends = "libfo" });
        Recipe("libfoo");

        Assert.Null(Build(Request("app")));

        var error = Assert.Single(_diagnostics.Sorted());
        Assert.Equal("there is no package 'libfo'; package 'app' needs it", error.Message);
        Assert.Equal("did you mean 'libfoo'? Correct RDEPENDS:app", error.Hint);
    }

    [Fact]
    public void Two_packages_with_the_same_path_clash_unless_the_content_is_the_same()
    {
        _scratch.Write("d-one/etc/same", "same");
        _scratch.Write("d-one/etc/file", "one");
        _scratch.Write("d-two/etc/same", "same");
        _scratch.Write("d-two/etc/file", "two");
        Recipe("one");
        Recipe("two");

        Assert.Null(Build(Request("one", "two")));

        Assert.Equal("'/etc/file' is in package 'one' (recipe one) and, differently, in package 'two' (recipe two) [file-clash]", Assert.Single(_diagnostics.Sorted()).Message);
    }

    [Fact]
    public void A_package_may_replace_the_file_of_another()
    {
        _scratch.Write("d-one/etc/file", "one");
        _scratch.Write("d-two/etc/file", "two");
        Recipe("one");
        Recipe("two", new PackageSpec { Name = "two", Files = ["/"], Replaces = "one" });

        var rootfs = Build(Request("two", "one"))!;

        Assert.Equal("two", Content(Entries()["etc/file"]));
        Assert.DoesNotContain("/etc/file", rootfs.Packages[0].Files.Select(f => f.Path));
    }

    [Fact]
    public void A_script_without_its_interpreter_is_noticed_and_the_package_that_has_it_named()
    {
        _scratch.Write("d-app/usr/bin/one", "#!/usr/bin/perl -w\n", 0b111_101_101);
        _scratch.Write("d-app/usr/bin/two", "#! /usr/bin/perl\n", 0b111_101_101);
        _scratch.Write("d-app/usr/bin/three", "#!/usr/bin/env -S A=1 lua\n", 0b111_101_101);
        _scratch.Write("d-app/usr/bin/shell", "#!/bin/sh\n", 0b111_101_101);
        _scratch.Write("d-app/usr/share/example", "#!/usr/bin/nothing\n");
        _scratch.Write("d-busybox/bin/busybox", "b", 0b111_101_101);
        _scratch.Write("d-busybox/usr/bin/env", "e", 0b111_101_101);
        _scratch.Link("d-busybox/bin/sh", "busybox");
        _scratch.Write("d-lua/usr/bin/lua", "l", 0b111_101_101);
        Recipe("app");
        Recipe("busybox");
        Recipe("lua");

        Assert.NotNull(Build(Request("app", "busybox")));
        Assert.Equal(
            [("'/usr/bin/one' and 1 more of package 'app' need '/usr/bin/perl', which is not in the image [script-interpreter]", true), ("'/usr/bin/three' of package 'app' needs '/usr/bin/lua', which is not in the image [script-interpreter]", false)],
            _diagnostics.Sorted().Select(d => (d.Message, d.Hint!.Contains('…'))));
        Assert.Contains("RDEPENDS:app += \"lua\"", _diagnostics.Sorted()[1].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Conflicting_packages_are_refused()
    {
        Recipe("one", new PackageSpec { Name = "one", Files = ["/"], Conflicts = "two" });
        Recipe("two");

        Assert.Null(Build(Request("one", "two")));
        Assert.Equal("STR6033", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void With_a_merged_usr_files_go_behind_the_links_whatever_the_order()
    {
        foreach (var name in new[] { "bin", "sbin", "lib" }) _scratch.Link($"d-base/{name}", $"usr/{name}");
        _scratch.MakeDirectory("d-base/usr/bin");
        _scratch.Write("d-app/bin/app", "a", 0b111_101_101);
        Recipe("base");
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Alternatives = ["tool:/bin/tool:/bin/app:5"] });

        var rootfs = Build(Request("app", "base"))!;

        var entries = Entries();
        Assert.Equal("usr/bin", entries["bin"].LinkName);
        Assert.Equal("a", Content(entries["usr/bin/app"]));
        Assert.Equal("app", entries["usr/bin/tool"].LinkName);
        Assert.DoesNotContain(entries.Keys, k => k.StartsWith("bin/", StringComparison.Ordinal));
        Assert.Contains("/usr/bin/app", rootfs.Packages[0].Files.Select(f => f.Path));
    }

    [Fact]
    public void The_alternative_of_highest_priority_gets_the_link()
    {
        _scratch.Write("d-busybox/bin/busybox", "b");
        _scratch.Write("d-coreutils/usr/bin/ls", "l");
        _scratch.Link("d-busybox/bin/ls", "busybox");
        Recipe("busybox", new PackageSpec { Name = "busybox", Files = ["/"], Alternatives = ["ls:/bin/ls:/bin/busybox:10"] });
        Recipe("coreutils", new PackageSpec { Name = "coreutils", Files = ["/"], Alternatives = ["ls:/bin/ls:/usr/bin/ls:100"] });

        Build(Request("busybox", "coreutils"));
        Assert.Equal("../usr/bin/ls", Entries()["bin/ls"].LinkName);

        Build(Request("busybox"));
        Assert.Equal("busybox", Entries()["bin/ls"].LinkName);
    }

    [Fact]
    public void Owners_get_the_numbers_of_the_image_and_new_accounts_get_free_ones()
    {
        _scratch.Write("d-app/var/mail/box", "m");
        _scratch.Write("d-app/srv/web/index", "i");
        BaseFiles();
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], UserOptions = "--system -d /srv/web -G mail web; -u 70 db" },
            OwnershipTable.Parse("/var/mail/box root:mail 0640\n/srv/web/** web:web -\n", default, _diagnostics));

        Build(Request("app", "base"));

        var entries = Entries();
        Assert.Equal((0, 8), (entries["var/mail/box"].Uid, entries["var/mail/box"].Gid));
        Assert.Equal((101, 101), (entries["srv/web/index"].Uid, entries["srv/web/index"].Gid));
        Assert.Equal(Passwd + "db:x:70:70::/nonexistent:/bin/false\nweb:x:101:101::/srv/web:/bin/false\n", Content(entries["etc/passwd"]));
        Assert.Equal("root:x:0:\ndaemon:x:1:\nmail:x:8:web\ndb:x:70:\nweb:x:101:\n", Content(entries["etc/group"]));
    }

    [Fact]
    public void An_owner_without_account_is_an_error()
    {
        _scratch.Write("d-app/srv/x", "");
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"] }, OwnershipTable.Parse("/srv/x nobody:root 0600", default, _diagnostics));

        Assert.Null(Build(Request("app")));
        Assert.Equal("'/srv/x' of package 'app' belongs to the user 'nobody', which does not exist", Assert.Single(_diagnostics.Sorted()).Message);
    }

    [Fact]
    public void An_image_without_the_basics_says_what_is_missing()
    {
        _scratch.Write("d-app/etc/passwd", Passwd);
        Recipe("app");

        Assert.Null(Build(Request("app") with { RequireBasics = true }));
        Assert.Equal("the image has no /dev, /proc, /root, /run, /sys, /tmp, /usr, /var, /etc/group, /etc/hostname, /etc/resolv.conf [image-basics]",
            Assert.Single(_diagnostics.Sorted()).Message);
    }

    [Fact]
    public void A_complete_base_passes_and_the_host_name_is_written()
    {
        BaseFiles();

        var rootfs = Build(Request("base") with { RequireBasics = true, Hostname = "box" });

        Assert.True(rootfs is not null, string.Join('\n', _diagnostics.Sorted()));
        Assert.Equal("box\n", Content(Entries()["etc/hostname"]));
        Assert.Equal(0b001_111_111_111, (int)Entries()["tmp/"].Mode);
    }

    [Fact]
    public void The_archive_is_sorted_has_one_time_and_comes_out_the_same_again()
    {
        BaseFiles();
        _scratch.Write("d-app/usr/bin/app", "x", 0b100_111_101_101);
        Recipe("app");

        Build(Request("app", "base"));
        var first = Digest.OfFile(_scratch["rootfs/rootfs.tar"]);
        _artifacts.Reverse();
        Build(Request("base", "app"));

        Assert.Equal(first, Digest.OfFile(_scratch["rootfs/rootfs.tar"]));
        var names = Entries().Keys.ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(Entries().Values, e => Assert.Equal(s_epoch, e.ModificationTime));
        Assert.Equal(0b100_111_101_101, (int)Entries()["usr/bin/app"].Mode);
    }

    [Fact]
    public async Task Hard_links_stay_links_and_follow_their_file()
    {
        _scratch.Write("d-app/usr/bin/a", "x");
        await Tool.RunAsync("ln", _scratch["d-app/usr/bin/a"], _scratch["d-app/usr/bin/b"]);
        Recipe("app");

        Build(Request("app"));
        Assert.Equal((TarEntryType.HardLink, "usr/bin/a"), (Entries()["usr/bin/b"].EntryType, Entries()["usr/bin/b"].LinkName));

        Build(Request("app") with { Edits = [new RootfsEdit.Remove("/usr/bin/a")] });
        Assert.Equal("x", Content(Entries()["usr/bin/b"]));
    }

    [Fact]
    public void Edits_change_the_finished_tree_and_need_no_privilege_for_devices()
    {
        BaseFiles();

        var rootfs = Build(Request("base") with
        {
            Edits =
            [
                new RootfsEdit.MakeDevice("/dev/console", FileKind.CharacterDevice, 5, 1, 0b110_000_000),
                new RootfsEdit.WriteFile("/etc/motd", "hello\n"),
                new RootfsEdit.MakeLink("/sbin/init", "/bin/init"),
                new RootfsEdit.SetOwner("/root", null, "mail", 0b111_000_000),
                new RootfsEdit.Remove("/etc/resolv.conf"),
            ],
        })!;

        var entries = Entries();
        Assert.Equal((TarEntryType.CharacterDevice, 5, 1), (entries["dev/console"].EntryType, ((PosixTarEntry)entries["dev/console"]).DeviceMajor, ((PosixTarEntry)entries["dev/console"]).DeviceMinor));
        Assert.Equal("hello\n", Content(entries["etc/motd"]));
        Assert.Equal((8, 0b111_000_000), (entries["root/"].Gid, (int)entries["root/"].Mode));
        Assert.DoesNotContain("etc/resolv.conf", entries.Keys);
        Assert.Equal(["/dev/console", "/etc/motd", "/sbin", "/sbin/init"], rootfs.Generated.Select(f => f.Path));
    }

    [Fact]
    public void A_package_that_ships_a_directory_decides_its_mode()
    {
        _scratch.Write("d-app/root/.profile", "p");
        _scratch.MakeDirectory("d-base/root", 0b111_000_000);
        Recipe("app");
        Recipe("base");

        Build(Request("app", "base"));

        Assert.Equal(0b111_000_000, (int)Entries()["root/"].Mode);
    }

    [Fact]
    public async Task A_program_whose_loader_is_missing_is_found_before_it_cannot_start()
    {
        Tool.Require("gcc");
        await Tool.CompileAsync("gcc", "void _start(void) { }", _scratch["d-app/usr/bin/app"], "-nostdlib", "-pie", "-Wl,--dynamic-linker,/lib/ld-strange.so.1");
        Recipe("app");

        Assert.Null(Build(Request("app")));
        Assert.Equal("programs of package 'app' start with '/lib/ld-strange.so.1', which is not in the image [program-loader]", Assert.Single(_diagnostics.Sorted()).Message);
    }

    private void BaseFiles()
    {
        foreach (var directory in new[] { "dev", "etc", "proc", "root", "run", "sys", "usr", "var" }) _scratch.MakeDirectory($"d-base/{directory}");
        _scratch.MakeDirectory("d-base/tmp", 0b001_111_111_111);
        _scratch.Write("d-base/etc/passwd", Passwd);
        _scratch.Write("d-base/etc/group", Group);
        _scratch.Write("d-base/etc/hostname", "unnamed\n");
        _scratch.Link("d-base/etc/resolv.conf", "../run/resolv.conf");
        Recipe("base");
    }

    private void Recipe(string name, PackageSpec? package = null, OwnershipTable? ownership = null)
    {
        if (!Directory.Exists(_scratch[$"d-{name}"])) _scratch.Write($"d-{name}/usr/share/{name}/readme", name);
        var list = PackageSplitter.Split(new()
        {
            InstallTree = _scratch[$"d-{name}"],
            OutputDirectory = _scratch[$"out-{name}"],
            Recipe = name,
            Version = "1.0",
            License = "MIT",
            PackageArchitecture = "all",
            Packages = [package ?? new() { Name = name, Files = ["/"] }],
            Ownership = ownership ?? OwnershipTable.Empty,
        }, _diagnostics, TestContext.Current.CancellationToken);
        Assert.True(list is not null, string.Join('\n', _diagnostics.Sorted()));
        _artifacts.Add(_scratch[$"out-{name}"]);
    }

    private RootfsRequest Request(params string[] install) => new()
    {
        Install = [.. install],
        PackageArtifacts = [.. _artifacts],
        OutputDirectory = _scratch["rootfs"],
        Epoch = s_epoch,
        RequireBasics = false,
    };

    private RootfsManifest? Build(RootfsRequest request) => RootfsBuilder.Build(request, _diagnostics, TestContext.Current.CancellationToken);

    private Dictionary<string, TarEntry> Entries()
    {
        using var reader = new TarReader(File.OpenRead(_scratch["rootfs/rootfs.tar"]));
        var entries = new Dictionary<string, TarEntry>(StringComparer.Ordinal);
        while (reader.GetNextEntry(copyData: true) is { } entry) entries.Add(entry.Name, entry);
        return entries;
    }

    private static string Content(TarEntry entry)
    {
        entry.DataStream!.Position = 0;
        return new StreamReader(entry.DataStream).ReadToEnd();
    }
}
