using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

public sealed class FeedTests : IDisposable
{
    private static readonly DateTimeOffset s_epoch = DateTimeOffset.FromUnixTimeSeconds(1_600_000_000);
    private static readonly string s_long = $"/usr/share/{new string('d', 90)}/{new string('n', 150)}";

    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public FeedTests() => Tool.Require("dpkg-deb", "dpkg", "apt-get", "gpg");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Dpkg_reads_what_the_recipe_said()
    {
        var package = WriteApp("aarch64");

        Assert.Equal("app 1.2-r3 arm64", await Field("${Package} ${Version} ${Architecture}"));
        Assert.Equal("lib (>= 1.0), shell, libz1|extra|virtual-app|old (<< 2.0)|old|net|1", await Field("${Depends}|${Recommends}|${Provides}|${Conflicts}|${Replaces}|${Section}|${Installed-Size}"));
        Assert.Equal("An application\n that does things.\n .\n Well.\n", await Tool.RunAsync("dpkg-deb", "--field", package, "Description"));
        Assert.Equal("/etc/app.conf\n", await Control("conffiles"));
        Assert.Contains("grep -q '^web:' /etc/group", await Control("preinst"), StringComparison.Ordinal);
        Assert.Equal("#!/bin/sh\nset -e\nupdate-alternatives --install '/usr/bin/tool' 'tool' '/usr/bin/app' 10\necho installed\n", await Control("postinst"));
        await Tool.RunAsync("dpkg-deb", "--control", package, _scratch["control"]);
        await Tool.RunAsync("sh", "-n", _scratch["control/preinst"]);

        Task<string> Field(string format) => Tool.RunAsync("dpkg-deb", "--showformat", format, "--show", package);

        Task<string> Control(string name) => Tool.RunAsync("dpkg-deb", "--info", package, name);
    }

    [Fact]
    public async Task Dpkg_unpacks_modes_links_and_names_of_any_length()
    {
        var package = WriteApp("aarch64");

        var listing = await Tool.RunAsync("dpkg-deb", "--contents", package);
        await Tool.RunAsync("dpkg-deb", "--extract", package, _scratch["root"]);

        Assert.Contains("-rwsr-xr-x root/root", listing, StringComparison.Ordinal);
        Assert.Contains("web/web", listing, StringComparison.Ordinal);
        Assert.Equal("x", File.ReadAllText(_scratch["root/usr/bin/app"]));
        Assert.Equal("long", File.ReadAllText(_scratch["root"] + s_long));
        Assert.Equal("app", new FileInfo(_scratch["root/usr/bin/link"]).LinkTarget);
        Assert.Equal("2", (await Tool.RunAsync("stat", "-c", "%h", _scratch["root/usr/bin/twin"])).Trim());
    }

    [Fact]
    public void A_package_comes_out_the_same_again()
    {
        var first = Digest.OfFile(WriteApp("aarch64"));
        FileTree.Delete(_scratch["out-app"]);

        Assert.Equal(first, Digest.OfFile(WriteApp("aarch64")));
    }

    [Fact]
    public async Task Apt_installs_from_a_signed_feed_and_refuses_a_changed_one()
    {
        Split("lib", new PackageSpec { Name = "lib", Files = ["/"] }, "x86_64");
        Split("app", new PackageSpec { Name = "app", Files = ["/"], Depends = "lib (>= 1.2)" }, "x86_64");
        foreach (var name in new[] { "app", "lib" }) Write(FeedFormat.Deb, name, "feed/deb/amd64");
        new FeedIndex(FeedFormat.Deb, "test", s_epoch).Write(_scratch["feed/deb/amd64"]);
        var key = await MakeKeyAsync();
        Assert.Null(await Sign("deb/amd64", FeedFormat.Deb));
        var signature = File.ReadAllText(_scratch["feed/deb/amd64/InRelease"]);
        Assert.Null(await Sign("deb/amd64", FeedFormat.Deb));
        Assert.Equal(signature, File.ReadAllText(_scratch["feed/deb/amd64/InRelease"]));

        await Apt("update");
        var plan = await Apt("install", "--simulate", "app");
        Assert.Contains("Inst lib (1.2-r3 ", plan, StringComparison.Ordinal);
        Assert.Contains("Inst app (1.2-r3 ", plan, StringComparison.Ordinal);
        await Tool.RunAsync("sh", "-c", $"cd '{_scratch["apt"]}' && apt-get {AptOptions()} download app && dpkg-deb --info app_1.2-r3_amd64.deb");

        File.WriteAllText(_scratch["feed/deb/amd64/InRelease"], signature.Replace("Origin: test", "Origin: evil", StringComparison.Ordinal));
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["sh", "-c", $"apt-get {AptOptions()} -o APT::Update::Error-Mode=any update"] }, TestContext.Current.CancellationToken);
        Assert.False(outcome.Succeeded);
        Assert.Contains("BADSIG", outcome.Output + outcome.Error, StringComparison.Ordinal);

        async Task<string?> Sign(string feed, FeedFormat format) =>
            await new FeedSigner(key, _scratch["gnupg"], null).SignAsync(_scratch[$"feed/{feed}"], format, s_epoch, TestContext.Current.CancellationToken);

        Task<string> Apt(params string[] arguments) => Tool.RunAsync("sh", "-c", $"apt-get {AptOptions()} {string.Join(' ', arguments)}");

        string AptOptions() => $"-o Dir='{_scratch["apt"]}' -o Dir::State::status='{_scratch["apt/status"]}' -o APT::Architecture=amd64 -o APT::Architectures=amd64 "
            + $"-o APT::Sandbox::User=root -o Dir::Bin::Methods=/usr/lib/apt/methods -q";
    }

    [Fact]
    public async Task Dpkg_installs_upgrades_and_keeps_changed_configuration()
    {
        Tool.Require("unshare");
        foreach (var directory in new[] { "root/var/lib/dpkg/info", "root/var/lib/dpkg/updates" }) _scratch.MakeDirectory(directory);
        foreach (var file in new[] { "root/var/lib/dpkg/status", "root/var/lib/dpkg/available" }) _scratch.Write(file, "");
        _scratch.Write("d-old/etc/app.conf", "packaged\n");
        _scratch.Write("d-old/usr/bin/app", "old");
        Split("old", new PackageSpec { Name = "old", Files = ["/"], ConfigurationFiles = ["/etc/app.conf"], Provides = "/bin/app" }, "all");
        _scratch.Write("d-new/usr/bin/app", "new");
        Split("new", new PackageSpec { Name = "new", Files = ["/"], Replaces = "old", Conflicts = "old" }, "all");
        Split("other", new PackageSpec { Name = "other", Files = ["/"], Conflicts = "new (<< 2.0)", Depends = "missing (>= 2.0)" }, "all");

        await Dpkg("--install", Write(FeedFormat.Deb, "old", "feed/deb"));
        File.WriteAllText(_scratch["root/etc/app.conf"], "changed\n");
        FileTree.Delete(_scratch["out-old"]);
        FileTree.Delete(_scratch["feed"]);
        _scratch.Write("d-old/etc/app.conf", "packaged again\n");
        Split("old", new PackageSpec { Name = "old", Files = ["/"], ConfigurationFiles = ["/etc/app.conf"] }, "all", "1.3");
        await Dpkg("--force-confold", "--install", Write(FeedFormat.Deb, "old", "feed/deb"));
        Assert.Equal("changed\n", File.ReadAllText(_scratch["root/etc/app.conf"]));
        Assert.Equal("packaged again\n", File.ReadAllText(_scratch["root/etc/app.conf.dpkg-dist"]));

        await Dpkg("--install", Write(FeedFormat.Deb, "new", "feed/deb"));
        Assert.Equal("new", File.ReadAllText(_scratch["root/usr/bin/app"]));
        Assert.Equal("new install ok installed\nold install ok config-files\n",
            await Tool.RunAsync("dpkg-query", $"--admindir={_scratch["root/var/lib/dpkg"]}", "--showformat", "${Package} ${Status}\\n", "--show"));
        Assert.Equal("changed\n", File.ReadAllText(_scratch["root/etc/app.conf"]));

        var other = Write(FeedFormat.Deb, "other", "feed/deb");
        Assert.Contains("other conflicts with new (<< 2.0)", await RefusalAsync(other), StringComparison.Ordinal);
        await Dpkg("--remove", "new");
        Assert.Contains("other depends on missing (>= 2.0)", await RefusalAsync(other), StringComparison.Ordinal);

        async Task<string> RefusalAsync(string package)
        {
            var outcome = await ProcessRunner.RunAsync(DpkgCommand("--install", package), TestContext.Current.CancellationToken);
            Assert.False(outcome.Succeeded);
            return outcome.Output + outcome.Error;
        }

        async Task Dpkg(params string[] arguments) => await Tool.RunAsync([.. DpkgCommand(arguments).Command]);

        ProcessSpec DpkgCommand(params string[] arguments) =>
            new() { Command = ["unshare", "--user", "--map-root-user", "dpkg", $"--root={_scratch["root"]}", "--log=/dev/null", .. arguments] };
    }

    [Fact]
    public async Task Neither_names_of_files_nor_sizes_are_stated_as_the_other_package_manager_has_them()
    {
        Split("shell", new PackageSpec { Name = "shell", Files = ["/"], Provides = "/bin/sh virtual-shell", Depends = "/bin/true lib" }, "all");

        var deb = Write(FeedFormat.Deb, "shell", "feed/deb");
        Assert.Equal("virtual-shell|lib|1", await Tool.RunAsync("dpkg-deb", "--showformat", "${Provides}|${Depends}|${Installed-Size}", "--show", deb));
        Write(FeedFormat.Ipk, "shell", "feed/ipk");
        new FeedIndex(FeedFormat.Ipk, "test", s_epoch).Write(_scratch["feed/ipk"]);
        var index = File.ReadAllLines(_scratch["feed/ipk/Packages"]);
        Assert.Contains("Provides: /bin/sh, virtual-shell", index);
        Assert.Contains("Installed-Size: 5", index);
    }

    [Fact]
    public async Task The_index_of_an_ipk_feed_has_what_opkg_looks_for_and_its_signature_verifies()
    {
        Split("lib", new PackageSpec { Name = "lib", Files = ["/"], Depends = "base (> 1)" }, "aarch64");
        Write(FeedFormat.Ipk, "lib", "feed/ipk/aarch64");
        new FeedIndex(FeedFormat.Ipk, "test", s_epoch).Write(_scratch["feed/ipk/aarch64"]);
        var key = await MakeKeyAsync();
        Assert.Null(await new FeedSigner(key, _scratch["gnupg"], null).SignAsync(_scratch["feed/ipk/aarch64"], FeedFormat.Ipk, s_epoch, TestContext.Current.CancellationToken));

        var file = _scratch["feed/ipk/aarch64/lib_1.2-r3_aarch64.ipk"];
        var fields = File.ReadAllLines(_scratch["feed/ipk/aarch64/Packages"]).Where(l => l.Contains(": ", StringComparison.Ordinal))
            .ToDictionary(l => l.Split(": ")[0], l => l.Split(": ")[1]);
        Assert.Equal(("lib", "1.2-r3", "aarch64", "base (>> 1)", "MIT"), (fields["Package"], fields["Version"], fields["Architecture"], fields["Depends"], fields["License"]));
        Assert.Equal(Path.GetFileName(file), fields["Filename"]);
        Assert.Equal(Digest.OfFile(file).Hex, fields["SHA256sum"]);
        Assert.Equal((await Tool.RunAsync("md5sum", file)).Split(' ')[0], fields["MD5Sum"]);
        Assert.Equal(["debian-binary", "control.tar.gz", "data.tar.gz"], (await Tool.RunAsync("ar", "t", file)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await Tool.RunAsync("gpg", "--homedir", _scratch["gnupg"], "--verify", _scratch["feed/ipk/aarch64/Packages.asc"], _scratch["feed/ipk/aarch64/Packages"]);
    }

    [Theory]
    [InlineData("1.0", "1.0-r0")]
    [InlineData("1.9", "1.10")]
    [InlineData("1.0~rc1", "1.0")]
    [InlineData("1.0-r9", "1.0-r10")]
    [InlineData("1.0a", "1.0+git1")]
    [InlineData("2.0", "1:1.0")]
    [InlineData("1.0.0", "1.0.a")]
    public async Task Versions_are_ordered_as_dpkg_does(string older, string newer)
    {
        Assert.True(PackageVersion.Compare(older, newer) < 0);
        Assert.True(PackageVersion.Compare(newer, older) > 0);
        await Tool.RunAsync("dpkg", "--compare-versions", older, "lt", newer);
    }

    [Fact]
    public void A_version_that_no_package_manager_reads_is_refused()
    {
        Split("app", new PackageSpec { Name = "app", Files = ["/"] }, "all", "git_main");
        Write(FeedFormat.Deb, "app", "feed");

        Assert.Equal("STR6023", Assert.Single(_diagnostics.Sorted()).Rule.Code);
        Assert.Empty(Directory.GetFiles(_scratch["feed"]));
    }

    private string WriteApp(string architecture)
    {
        if (!Directory.Exists(_scratch["d-app"]))
        {
            _scratch.Write("d-app/usr/bin/app", "x", 0b100_111_101_101);
            File.CreateSymbolicLink(_scratch["d-app/usr/bin/link"], "app");
            HardLinkTwin();
            _scratch.Write("d-app/etc/app.conf", "c");
            _scratch.Write("d-app/srv/web", "w");
            _scratch.Write("d-app" + s_long, "long");
        }
        Split("app", new PackageSpec
        {
            Name = "app",
            Files = ["/"],
            Summary = "An application",
            Description = "that does things.\n\nWell.",
            Section = "net",
            Depends = "lib (>= 1.0) shell libz1",
            Recommends = "extra",
            Provides = "virtual-app",
            Conflicts = "old (< 2.0)",
            Replaces = "old",
            ConfigurationFiles = ["/etc/app.conf"],
            Alternatives = ["tool:/usr/bin/tool:/usr/bin/app:10"],
            UserOptions = "--system web",
            GroupOptions = "--system web",
            Scripts = ImmutableSortedDictionary<string, string>.Empty.Add("postinst", "#!/bin/sh\necho installed\n"),
        }, architecture);
        return Write(FeedFormat.Deb, "app", "feed/deb");

        void HardLinkTwin() => Tool.RunAsync("ln", _scratch["d-app/usr/bin/app"], _scratch["d-app/usr/bin/twin"]).GetAwaiter().GetResult();
    }

    private void Split(string name, PackageSpec package, string architecture, string version = "1.2")
    {
        if (!Directory.Exists(_scratch[$"d-{name}"])) _scratch.Write($"d-{name}/usr/share/{name}/readme", name);
        var list = PackageSplitter.Split(new()
        {
            InstallTree = _scratch[$"d-{name}"],
            OutputDirectory = _scratch[$"out-{name}"],
            Recipe = name,
            Version = version,
            Revision = "r3",
            License = "MIT",
            Maintainer = "Somebody <somebody@example.org>",
            PackageArchitecture = architecture,
            Packages = [package],
            Ownership = OwnershipTable.Parse("/srv/web web:web 0600", default, _diagnostics),
        }, _diagnostics, TestContext.Current.CancellationToken);
        Assert.True(list is not null, string.Join('\n', _diagnostics.Sorted()));
    }

    private string Write(FeedFormat format, string name, string directory)
    {
        new PackageFileWriter(format, s_epoch).WriteAll(_scratch[$"out-{name}"], _scratch[directory], default, _diagnostics, TestContext.Current.CancellationToken);
        return Directory.GetFiles(_scratch[directory], $"{name}_*").SingleOrDefault() ?? "";
    }

    /// <summary>A key without passphrase in a key ring of its own, and a private root for apt that trusts it.</summary>
    private async Task<string> MakeKeyAsync()
    {
        _scratch.MakeDirectory("gnupg", 0b111_000_000);
        foreach (var directory in new[] { "apt/etc/apt/apt.conf.d", "apt/etc/apt/preferences.d", "apt/var/lib/apt/lists/partial", "apt/var/cache/apt/archives/partial" })
            _scratch.MakeDirectory(directory);
        await Tool.RunAsync("gpg", "--homedir", _scratch["gnupg"], "--batch", "--passphrase", "", "--quick-generate-key", "feed@example.org", "ed25519", "sign", "never");
        await Tool.RunAsync("gpg", "--homedir", _scratch["gnupg"], "--armor", "--output", _scratch["apt/feed.asc"], "--export", "feed@example.org");
        _scratch.Write("apt/etc/apt/sources.list", $"deb [signed-by={_scratch["apt/feed.asc"]}] file:{_scratch["feed/deb/amd64"]} ./\n");
        _scratch.Write("apt/status", "");
        return "feed@example.org";
    }
}
