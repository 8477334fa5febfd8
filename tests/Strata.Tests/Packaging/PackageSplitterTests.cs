using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

public sealed class PackageSplitterTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_first_package_whose_FILES_match_gets_the_file_and_directories_bring_their_content()
    {
        _scratch.Write("d/usr/bin/tool", "x", 0b111_101_101);
        _scratch.Write("d/usr/include/deep/er/tool.h", "h");
        _scratch.Write("d/usr/include/.hidden", "h");
        _scratch.Write("d/usr/share/man/man1/tool.1", "m");

        var list = Split(Package("tool-dev", "/usr/include"), Package("tool-doc", "/usr/share/man"), Package("tool", "/usr/bin/*", "/usr/include/*"));

        Assert.Equal(["/usr/include/.hidden", "/usr/include/deep/er/tool.h"], FilesOf(list, "tool-dev"));
        Assert.Equal(["/usr/bin/tool"], FilesOf(list, "tool"));
        Assert.Equal("x", File.ReadAllText(_scratch["out/files/tool/usr/bin/tool"]));
        Assert.Equal(["/usr", "/usr/include", "/usr/include/deep", "/usr/include/deep/er"],
            Of(list, "tool-dev").Files.Where(f => f.Kind == FileKind.Directory).Select(f => f.Path));
    }

    [Theory]
    [InlineData("/usr/lib/*.so", "/usr/lib/a.so")]
    [InlineData("/usr/lib/*", "/usr/lib/a.so /usr/lib/sub/b.so /usr/lib/sub/deeper/c.so")]
    [InlineData("/usr/lib/**/*.so", "/usr/lib/a.so /usr/lib/sub/b.so /usr/lib/sub/deeper/c.so")]
    [InlineData("/usr/lib/*/*.so", "/usr/lib/sub/b.so")]
    [InlineData("/usr/lib/[!s]*", "/usr/lib/a.so")]
    [InlineData("/usr/lib/?.so", "/usr/lib/a.so")]
    [InlineData("/usr/lib/.*", "/usr/lib/.hidden.so")]
    [InlineData("/nothing", "")]
    public void Globs_match_as_in_BitBake(string pattern, string expected)
    {
        _scratch.Write("d/usr/lib/a.so", "");
        _scratch.Write("d/usr/lib/.hidden.so", "");
        _scratch.Write("d/usr/lib/sub/b.so", "");
        _scratch.Write("d/usr/lib/sub/deeper/c.so", "");

        var list = Split(Package("p", pattern) with { AllowEmpty = true }, Package("rest", "/usr"));

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), FilesOf(list, "p"));
    }

    [Fact]
    public void What_no_package_wants_is_an_error_that_says_what_to_add()
    {
        _scratch.Write("d/usr/bin/tool", "");
        _scratch.Write("d/opt/extra", "");
        _scratch.MakeDirectory("d/var/empty");

        Assert.Null(TrySplit(Package("tool", "/usr/bin/*")));

        var error = Assert.Single(_diagnostics.Sorted());
        Assert.Equal("STR6001", error.Rule.Code);
        Assert.Contains("/opt/extra", error.Message, StringComparison.Ordinal);
        Assert.Contains("/var/empty", error.Message, StringComparison.Ordinal);
        Assert.Equal("add FILES:tool += \"/opt/extra /var/empty\", or remove them at the end of do_install", error.Hint);
    }

    [Fact]
    public void A_check_can_be_made_a_warning_or_skipped()
    {
        _scratch.Write("d/opt/extra", "");

        Assert.NotNull(TrySplit(Request([]) with { Qa = QaPolicy.Parse("arch", "installed-vs-shipped", null) }));
        Assert.Equal(Severity.Warning, Assert.Single(_diagnostics.Sorted()).Severity);

        FileTree.Delete(_scratch["out"]);
        Assert.NotNull(TrySplit(Request([]) with { Qa = QaPolicy.Parse(null, null, "installed-vs-shipped") }));
        Assert.Single(_diagnostics.Sorted());
    }

    [Fact]
    public void Empty_packages_are_dropped_unless_allowed()
    {
        _scratch.MakeDirectory("d");

        var list = Split(Package("gone", "/usr"), Package("kept", "/usr") with { AllowEmpty = true, Depends = "a (>= 1.0) b" });

        Assert.Equal(["a (>= 1.0)", "b"], Assert.Single(list.Packages).Depends);
    }

    [Fact]
    public async Task Modes_links_and_owners_are_recorded_whoever_runs_this()
    {
        _scratch.Write("d/usr/bin/su", "s", 0b100_111_101_101);
        _scratch.Link("d/usr/bin/link", "su");
        _scratch.Write("d/var/mail/box", "m");
        _scratch.MakeDirectory("d/var/mail", 0b001_111_111_111);
        await Tool.RunAsync("ln", _scratch["d/usr/bin/su"], _scratch["d/usr/bin/twin"]);
        var ownership = OwnershipTable.Parse("# who owns what\n/var/mail  root:mail  -\n/var/mail/* joe:mail 0600\n", default, _diagnostics);

        var files = TrySplit(Request([Package("p", "/")]) with { Ownership = ownership })!.Packages[0].Files.ToDictionary(f => f.Path);

        Assert.Equal(("root", "root", 0b100_111_101_101), Owner(files["/usr/bin/su"]));
        Assert.Equal(("root", "mail", 0b001_111_111_111), Owner(files["/var/mail"]));
        Assert.Equal(("joe", "mail", 0b110_000_000), Owner(files["/var/mail/box"]));
        Assert.Equal("su", files["/usr/bin/link"].Target);
        Assert.Equal((FileKind.HardLink, "/usr/bin/su"), (files["/usr/bin/twin"].Kind, files["/usr/bin/twin"].Target));
        Assert.Equal(Digest.Of("s").Hex, files["/usr/bin/su"].Sha256);
        Assert.False(File.Exists(_scratch["out/files/p/usr/bin/twin"]));
    }

    [Fact]
    public void A_file_that_its_owner_may_not_read_is_packaged_and_stays_as_it_is()
    {
        var path = _scratch.Write("d/usr/bin/sudo", "s", 0b100_001_001_001);

        var file = Split(Package("p", "/")).Packages[0].Files[^1];

        Assert.Equal((0b100_001_001_001, Digest.Of("s").Hex), (file.Mode, file.Sha256));
        Assert.Equal(0b100_001_001_001, (int)File.GetUnixFileMode(path));
        Assert.Equal("s", File.ReadAllText(_scratch["out/files/p/usr/bin/sudo"]));
    }

    [Fact]
    public void An_ownership_line_that_makes_no_sense_is_refused_with_its_number()
    {
        OwnershipTable.Parse("/ok root:root 0755\n/bad root 0755\n", new("r.bb"), _diagnostics);

        Assert.Contains("line 2: '/bad root 0755'", Assert.Single(_diagnostics.Sorted()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alternatives_rename_the_file_in_their_way_and_drop_the_link()
    {
        _scratch.Write("d/usr/bin/vi", "v");
        _scratch.Write("d/bin/busybox", "b");
        _scratch.Link("d/bin/sh", "busybox");

        var list = Split(Package("p", "/") with { Alternatives = ["vi:/usr/bin/vi::50", "sh:/bin/sh:/bin/busybox:10", "none:/bin/none:/bin/none:1"] });

        Assert.Equal(["/bin/busybox", "/usr/bin/vi.tool"], FilesOf(list, "p"));
        Assert.Equal([new("sh", "/bin/sh", "/bin/busybox", 10), new("vi", "/usr/bin/vi", "/usr/bin/vi.tool", 50)], list.Packages[0].Alternatives);
        Assert.Equal("STR6017", Assert.Single(_diagnostics.Sorted()).Rule.Code);
        Assert.Equal("v", File.ReadAllText(_scratch["out/files/p/usr/bin/vi.tool"]));
    }

    [Fact]
    public void Every_link_to_a_program_can_be_an_alternative()
    {
        _scratch.Write("d/usr/bin/busybox", "b");
        _scratch.Link("d/usr/bin/ls", "/usr/bin/busybox");
        _scratch.Link("d/usr/sbin/init", "../bin/busybox");
        _scratch.Link("d/usr/bin/other", "elsewhere");

        var list = Split(Package("p", "/") with { Alternatives = ["*:/usr/bin/*:/usr/bin/busybox:10"] });

        Assert.Equal(["/usr/bin/busybox", "/usr/bin/other"], FilesOf(list, "p"));
        Assert.Equal([new("ls", "/usr/bin/ls", "/usr/bin/busybox", 10), new("init", "/usr/sbin/init", "/usr/bin/busybox", 10)], list.Packages[0].Alternatives);
        Assert.Empty(_diagnostics.Sorted());
    }

    [Fact]
    public void The_artifact_does_not_depend_on_anything_but_tree_and_request()
    {
        foreach (var i in Enumerable.Range(0, 50)) _scratch.Write($"d/usr/share/f{i}", new string('x', i * 1000));
        Split(Package("p", "/"));
        var first = File.ReadAllText(_scratch["out/packages.json"]);
        FileTree.Delete(_scratch["out"]);
        Split(Package("p", "/"));

        Assert.Equal(first, File.ReadAllText(_scratch["out/packages.json"]));
        Assert.Equal(first, WriteAgain());

        string WriteAgain()
        {
            PackageList.Read(_scratch["out"]).Write(_scratch["again"]);
            return File.ReadAllText(_scratch["again/packages.json"]);
        }
    }

    [Fact]
    public void A_build_path_is_found_even_across_two_blocks()
    {
        _scratch.Write("d/a", new string('x', (1 << 17) - 5) + "/build/work/secret");
        _scratch.Write("d/b", "/build/wor k");

        Split(Package("p", "/"));

        Assert.StartsWith("'/a' of package 'p' contains the text '/build/work/'", Assert.Single(_diagnostics.Sorted()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_and_groups_are_read_from_the_command_lines_of_useradd()
    {
        _scratch.Write("d/a", "");

        var package = Split(Package("p", "/") with { GroupOptions = "-r -g 90 web; --system log", UserOptions = "--system -d /srv --shell=/bin/sh -c 'Web server' -G log -g web web" }).Packages[0];

        Assert.Equal([new("web", 90), new("log")], package.Groups);
        var user = Assert.Single(package.Users);
        Assert.Equal(("web", "web", "/srv", "/bin/sh", "Web server"), (user.Name, user.Group, user.Home, user.Shell, user.Comment));
        Assert.Equal(["log"], user.Groups);
    }

    [Theory]
    [InlineData("usr/bin/su", "STR6061", 0b100_111_101_101)]
    [InlineData("usr/share/open", "STR6071", 0b110_110_110)]
    [InlineData("usr/lib/debug/usr/bin/x.debug", "STR6063", 0b110_100_100)]
    [InlineData("tmp/x", "STR6065", 0b110_100_100)]
    [InlineData("usr/share/info/dir", "STR6066", 0b110_100_100)]
    [InlineData("build/work/x/usr/bin/x", "STR6069", 0b110_100_100)]
    public void What_lies_where_it_should_not_or_may_more_than_it_should_is_found(string path, string code, int mode)
    {
        _scratch.Write($"d/{path}", "x", mode);

        TrySplit(Package("p", "/"));

        Assert.Equal(code, Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void A_privileged_program_that_is_declared_is_fine()
    {
        _scratch.Write("d/usr/bin/su", "x", 0b100_111_101_101);

        TrySplit(Request([Package("p", "/")]) with { Ownership = OwnershipTable.Parse("/usr/bin/su root:root 4755", default, _diagnostics) });

        Assert.Empty(_diagnostics.Sorted());
    }

    [Theory]
    [InlineData("lib (1.0)", "STR6067")]
    [InlineData("virtual/libc", "STR6068")]
    [InlineData("p-dbg", "STR6064")]
    [InlineData("lib (>= 1.0)", null)]
    public void Needs_that_make_no_sense_are_found(string depends, string? code)
    {
        _scratch.Write("d/a", "");

        TrySplit(Package("p", "/") with { Depends = depends });

        Assert.Equal(code, _diagnostics.Sorted().SingleOrDefault()?.Rule.Code);
    }

    [Theory]
    [InlineData(127, false)]
    [InlineData(128, true)]
    public void The_first_line_of_a_script_must_not_be_too_long(int length, bool isFound)
    {
        _scratch.Write("d/a", "#!/" + new string('x', length - 3) + "\nexit\n");

        TrySplit(Package("p", "/"));

        Assert.Equal(isFound, _diagnostics.Sorted().Any(d => d.Rule.Code == "STR6062"));
    }

    [Fact]
    public async Task A_library_without_the_link_of_its_soname_and_one_without_symbols_are_found()
    {
        Tool.Require("gcc", "strip");
        await Tool.CompileAsync("gcc", "int f(void) { return 0; }", _scratch["d/usr/lib/libf.so.1.2"], "-g", "-nostdlib", "-shared", "-fPIC", "-Wl,-soname,libf.so.1");
        Assert.True(Assert.Single(StripPlan.Of(_scratch["d"], TestContext.Current.CancellationToken).Entries).HasDebugInformation);
        await Tool.RunAsync("strip", _scratch["d/usr/lib/libf.so.1.2"]);
        var plan = StripPlan.Of(_scratch["d"], TestContext.Current.CancellationToken);

        TrySplit(Request([Package("p", "/")]) with { AlreadyStripped = plan.AlreadyStripped });

        Assert.Empty(plan.Entries);
        Assert.Equal(["STR6060", "STR6070"], _diagnostics.Sorted().Select(d => d.Rule.Code).Order(StringComparer.Ordinal));
    }

    private static (string, string, int) Owner(PackagedFile file) => (file.User, file.Group, file.Mode);

    private static PackageSpec Package(string name, params string[] files) => new() { Name = name, Files = [.. files] };

    private static PackageManifest Of(PackageList list, string name) => list.Packages.Single(p => p.Name == name);

    private static IEnumerable<string> FilesOf(PackageList list, string name) =>
        Of(list, name).Files.Where(f => f.Kind != FileKind.Directory).Select(f => f.Path);

    private PackageList Split(params PackageSpec[] packages)
    {
        var list = TrySplit(packages);
        Assert.True(list is not null, string.Join('\n', _diagnostics.Sorted()));
        return list;
    }

    private PackageList? TrySplit(params PackageSpec[] packages) => TrySplit(Request([.. packages]));

    private PackageList? TrySplit(PackageSplitRequest request) => PackageSplitter.Split(request, _diagnostics, TestContext.Current.CancellationToken);

    private PackageSplitRequest Request(ImmutableArray<PackageSpec> packages) => new()
    {
        InstallTree = _scratch["d"],
        OutputDirectory = _scratch["out"],
        Recipe = "tool",
        Version = "1.0",
        License = "MIT",
        PackageArchitecture = "all",
        Packages = packages,
    };
}
