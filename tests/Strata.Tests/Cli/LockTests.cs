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
        (await _workspace.Strata("lock")).Succeeds();
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
        (await _workspace.Strata("lock")).Succeeds().Prints("every source is pinned by its recipe");
        (await _workspace.Strata("lock --check")).Succeeds();
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

    private void Recipe(string sources, string pins) => _workspace.Write("meta-product/recipes-product/hello/hello-native_1.0.bb",
        $"SUMMARY = \"Hello\"\nLICENSE = \"CLOSED\"\nSRC_URI = \"{sources}\"\n{pins}inherit native\n");
}
