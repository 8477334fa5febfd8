using Strata.Cli;
using Strata.Core;
using Strata.Tests.Fetch;

namespace Strata.Tests.Cli;

/// <summary>Pins that recipes leave open: looked up, recorded, enforced; and mirrors made of sources.</summary>
public sealed class LockTests : IAsyncLifetime
{
    private readonly CliWorkspace _workspace = new();
    private readonly LyingServer _server = new();
    private GitUpstream _upstream = null!;

    private string Tarball => _server.Url("/hello-1.0.tar.gz");

    public async ValueTask InitializeAsync()
    {
        _upstream = await GitUpstream.CreateAsync(Path.Combine(_workspace.Top, "upstream"));
        _server.Serve("/hello-1.0.tar.gz", "sources"u8.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
        _workspace.Dispose();
    }

    [Fact]
    public async Task Branches_tags_and_files_are_looked_up_once_and_stay_until_an_update()
    {
        Recipe($"{_upstream.FileUri};branch=main;name=code {_upstream.FileUri};branch=main;name=old {Tarball}", "SRCREV_code = \"${AUTOREV}\"\nSRCREV_old = \"v1\"\n");

        (await _workspace.Strata("lock hello-native")).Succeeds().Prints($"refs/heads/main is {_upstream.Tip}", "3 pins in conf/strata-lock.inc");
        var locked = _workspace.Read("conf/strata-lock.inc");
        Assert.Contains($"SRCREV_code:pn-hello-native = \"{_upstream.Tip}\"\n", locked, StringComparison.Ordinal);
        Assert.Contains($"SRCREV_old:pn-hello-native = \"{_upstream.Middle}\"\n", locked, StringComparison.Ordinal);
        Assert.Contains($"SRC_URI_LOCK:append:pn-hello-native = \" {Digest.Of("sources")}@{Tarball}\"\n", locked, StringComparison.Ordinal);

        var tip = await _upstream.CommitAsync("README", "four");
        (await _workspace.Strata("lock hello-native")).Succeeds();
        Assert.Equal(locked, _workspace.Read("conf/strata-lock.inc"));
        Assert.Equal($"{_upstream.Tip}\n", (await _workspace.Strata("getvar SRCREV_code -r hello-native")).Succeeds().Output[..41]);

        (await _workspace.Strata("lock --update hello-native")).Succeeds().Prints($"refs/heads/main is {tip}");
        Assert.Equal(locked.Replace(_upstream.Tip, tip, StringComparison.Ordinal), _workspace.Read("conf/strata-lock.inc"));
    }

    [Fact]
    public async Task A_check_names_what_is_missing_and_what_is_left_over()
    {
        Recipe($"{_upstream.FileUri};branch=main", "SRCREV = \"${AUTOREV}\"\n");
        (await _workspace.Strata("lock --check")).EndsWith(ExitCode.BuildFailed).Prints("STR1160", "hello-native", "strata lock hello-native");
        Assert.False(File.Exists(Path.Combine(_workspace.Top, "conf/strata-lock.inc")));

        (await _workspace.Strata("lock")).Succeeds();
        (await _workspace.Strata("lock --check")).Succeeds();

        Recipe($"{_upstream.FileUri};branch=side", $"SRCREV = \"${{AUTOREV}}\"\n");
        (await _workspace.Strata("lock --check")).EndsWith(ExitCode.BuildFailed).Prints("STR1160", "STR1161", "refs/heads/main");

        Recipe($"{_upstream.FileUri};branch=main", $"SRCREV = \"{_upstream.Tip}\"\n");
        (await _workspace.Strata("lock")).Succeeds();
        Assert.DoesNotContain("SRCREV:pn-hello-native", _workspace.Read("conf/strata-lock.inc"), StringComparison.Ordinal);
        (await _workspace.Strata("lock --check")).Succeeds();
    }

    [Fact]
    public async Task What_recipes_pin_themselves_is_recorded_and_enforced_until_an_update()
    {
        var sources = $"{_upstream.FileUri};branch=main;name=code {_upstream.FileUri};branch=main;name=old;destsuffix=old {Tarball}";
        string Pins(string old, string digest) => $"SRCREV_code = \"{_upstream.Tip}\"\nSRCREV_old = \"{old}\"\nSRC_URI[sha256sum] = \"{digest}\"\n";
        var digest = Digest.Of("sources").Hex;
        Recipe(sources, Pins(_upstream.First, digest));
        (await _workspace.Strata("lock hello-native")).Succeeds().Prints("3 pins in conf/strata-lock.inc, 3 of them the recipes' own");
        (await _workspace.Strata("lock --check hello-native")).Succeeds();
        (await _workspace.Strata("fetch hello-native")).Succeeds();

        Recipe(sources, Pins(_upstream.Middle, Digest.Of("other").Hex));
        var line = Array.FindIndex(_workspace.Read("conf/strata-lock.inc").Split('\n'), l => l.Contains($"{digest}@{Tarball}", StringComparison.Ordinal)) + 1;
        foreach (var command in new[] { "fetch hello-native", "lock hello-native", "lock --check hello-native", "build hello-native:fetch" })
            (await _workspace.Strata(command)).EndsWith(ExitCode.BuildFailed).Prints("STR1163", $"strata-lock.inc:{line}", $"locked at {digest}", _upstream.First, "strata lock --update hello-native");

        (await _workspace.Strata("lock --update hello-native")).Succeeds().Prints($"hello-native: {Tarball} is {Digest.Of("other").Hex}");
        (await _workspace.Strata("lock --check hello-native")).Succeeds();
        Assert.DoesNotContain(digest, _workspace.Read("conf/strata-lock.inc"), StringComparison.Ordinal);

        Recipe(Tarball, $"SRC_URI[sha256sum] = \"{Digest.Of("other").Hex}\"\n");
        (await _workspace.Strata("lock --check hello-native")).EndsWith(ExitCode.BuildFailed).Prints("STR1161", "has no source");
    }

    [Fact]
    public async Task Versions_of_a_recipe_are_locked_together()
    {
        Recipe($"{_upstream.FileUri};branch=main", $"SRCREV = \"{_upstream.First}\"\n");
        _workspace.Write("meta-product/recipes-product/hello/hello-native_2.0.bb",
            $"SUMMARY = \"Hello\"\nLICENSE = \"CLOSED\"\nSRC_URI = \"{_upstream.FileUri};branch=main\"\nSRCREV = \"{_upstream.Tip}\"\ninherit native\n");

        (await _workspace.Strata("lock hello-native")).Succeeds().Prints("2 pins");
        (await _workspace.Strata("lock --check hello-native")).Succeeds();
        (await _workspace.Strata("fetch hello-native")).Succeeds();
    }

    [Fact]
    public async Task A_floating_revision_is_looked_up_by_each_build_until_it_is_locked()
    {
        Recipe($"{_upstream.FileUri};branch=main", "SRCREV = \"${AUTOREV}\"\n");

        (await _workspace.Strata("build hello-native:unpack")).Succeeds().Prints("STR1165", _upstream.Tip, "strata lock hello-native");
        (await _workspace.Strata("build hello-native:unpack")).Succeeds().Prints("STR1165", _upstream.Tip);

        var next = await _upstream.CommitAsync("README", "next");
        (await _workspace.Strata("build hello-native:unpack")).Succeeds().Prints("STR1165", next);

        (await _workspace.Strata("lock hello-native")).Succeeds();
        _ = await _upstream.CommitAsync("README", "later");
        var locked = (await _workspace.Strata("build hello-native:unpack")).Succeeds();
        Assert.DoesNotContain("STR1165", locked.Output + locked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorded_pin_is_in_no_key()
    {
        Recipe(Tarball, $"SRC_URI[sha256sum] = \"{Digest.Of("sources").Hex}\"\n");
        (await _workspace.Strata("build hello-native:fetch")).Succeeds();

        (await _workspace.Strata("lock hello-native")).Succeeds();
        (await _workspace.Strata("build -n hello-native:fetch")).Succeeds();

        Assert.DoesNotContain("would run", (await _workspace.Strata("build -n hello-native:fetch")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_can_be_built_from_a_directory_of_the_developer()
    {
        Recipe(Tarball, $"SRC_URI[sha256sum] = \"{Digest.Of("sources").Hex}\"\n");
        (await _workspace.Strata("lock hello-native")).Succeeds();
        var locked = _workspace.Read("conf/strata-lock.inc");
        _workspace.Write("mine/hello.c", "one");
        var mine = Path.Combine(_workspace.Top, "mine");
        _workspace.Write("conf/local.conf", _workspace.Read("conf/local.conf") + $"INHERIT += \"externalsrc\"\nEXTERNALSRC:pn-hello-native = \"{mine}\"\n");

        (await _workspace.Strata("build hello-native:unpack")).Succeeds().Prints($"hello-native is built from {mine} (EXTERNALSRC)");
        Assert.Equal("one", Unpacked("hello.c"));
        Assert.Empty(_server.Requests);
        (await _workspace.Strata("lock --check hello-native")).EndsWith(ExitCode.BuildFailed).Prints("STR1164", mine);
        (await _workspace.Strata("lock hello-native")).Succeeds();
        Assert.Equal(locked, _workspace.Read("conf/strata-lock.inc"));

        _workspace.Write("mine/hello.c", "two");
        _workspace.Write("mine/new/file.c", "new");
        (await _workspace.Strata("build hello-native:unpack")).Succeeds();
        Assert.Equal(("two", "new"), (Unpacked("hello.c"), Unpacked("new/file.c")));

        Directory.Delete(mine, recursive: true);
        (await _workspace.Strata("build hello-native:unpack")).EndsWith(ExitCode.BuildFailed).Prints("STR4011", "EXTERNALSRC");
    }

    [Fact]
    public async Task Two_programs_that_want_the_same_file_fetch_it_once()
    {
        Recipe(Tarball, $"SRC_URI[sha256sum] = \"{Digest.Of("sources").Hex}\"\n");
        _server.Do("/hello-1.0.tar.gz", async (stream, cancel) =>
        {
            await Task.Delay(500, cancel);     // long enough for the other one to come; sooner or later, it must not ask
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nsources"u8.ToArray(), cancel);
        });

        var runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ProcessRunner.RunAsync(new()
        {
            Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "strata.dll"), "-C", _workspace.Top, "fetch", "hello-native"],
        }, CancellationToken.None)));

        Assert.All(runs, run => Assert.True(run.Succeeded, run.Output + run.Error));
        Assert.Single(_server.Requests);
        Assert.Single(runs, run => run.Output.Contains("1 fetched", StringComparison.Ordinal));
        Assert.Single(runs, run => run.Output.Contains("1 already here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_looked_up_leaves_the_lock_file_alone()
    {
        Recipe($"{_upstream.FileUri};branch=gone {_server.Url("/gone.tgz")}", "SRCREV = \"${AUTOREV}\"\n");

        (await _workspace.Strata("lock")).EndsWith(ExitCode.BuildFailed).Prints("STR4022", "no branch or tag 'refs/heads/gone'", "404 Not Found");
        Assert.False(File.Exists(Path.Combine(_workspace.Top, "conf/strata-lock.inc")));
    }

    [Fact]
    public async Task A_mirror_of_locked_sources_is_enough_for_a_workspace_without_a_network()
    {
        Recipe($"{_upstream.FileUri};branch=main {Tarball}", "SRCREV = \"${AUTOREV}\"\n");
        (await _workspace.Strata("fetch hello-native")).EndsWith(ExitCode.BuildFailed).Prints("STR4006", "STR4003");
        (await _workspace.Strata("lock")).Succeeds();

        (await _workspace.Strata("fetch hello-native --into mirror")).Succeeds().Prints("PREMIRRORS:prepend = ");
        Assert.Equal("sources", _workspace.Read("mirror/hello-1.0.tar.gz"));

        Directory.Delete(Path.Combine(_workspace.Top, "build/downloads"), recursive: true);
        Directory.Move(Path.Combine(_workspace.Top, "upstream"), Path.Combine(_workspace.Top, "gone"));
        var mirror = Path.Combine(_workspace.Top, "mirror");
        _workspace.Write("conf/site.conf", $"BB_NO_NETWORK = \"1\"\nPREMIRRORS:prepend = \"{Strata.Fetch.OfflineMirror.Rules(mirror)} \"\n");
        (await _workspace.Strata("fetch hello-native")).Succeeds().Prints("2 fetched, 0 already here");
        (await _workspace.Strata("fetch hello-native")).Succeeds().Prints("0 fetched, 2 already here");
    }

    [Fact]
    public async Task To_fetch_nothing_in_particular_is_a_mistake() => (await _workspace.Strata("fetch")).EndsWith(ExitCode.Usage).Complains("STR1162", "--all");

    private string Unpacked(string file) =>
        File.ReadAllText(Assert.Single(Directory.EnumerateFiles(Path.Combine(_workspace.Top, "build"), Path.GetFileName(file), SearchOption.AllDirectories), p => p.EndsWith("/sources/hello-1.0/" + file, StringComparison.Ordinal)));

    private void Recipe(string sources, string pins) => _workspace.Write("meta-product/recipes-product/hello/hello-native_1.0.bb",
        $"SUMMARY = \"Hello\"\nLICENSE = \"CLOSED\"\nSRC_URI = \"{sources}\"\n{pins}inherit native\n");
}
