using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Fetch;
using Strata.Tests.Cache.Remotes;

namespace Strata.Tests.Fetch;

public sealed class GitMirrorTests : UpstreamTests
{
    [Fact]
    public async Task A_revision_comes_alone_and_is_there_the_next_time_without_asking()
    {
        var address = await Upstream.ServeAsync();
        var pin = Pin(address + ";branch=main", Upstream.Middle);

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin));
        Assert.IsType<FetchOutcome.Present>(await FetchAsync(pin, options => options with { NoNetwork = true }));
        Assert.Equal("1", (await Upstream.GitAsync("--git-dir", Mirror(pin), "rev-list", "--count", Upstream.Middle)).Trim());
    }

    [Fact]
    public async Task The_tree_comes_out_whole_with_the_time_of_the_commit()
    {
        var pin = Pin(Upstream.FileUri + ";branch=main", Upstream.Middle);
        _ = await FetchAsync(pin);

        await UnpackAsync(pin);

        // Neither export-ignore nor export-subst may change what a recipe gets.
        Assert.Equal("two", Read("git/src/hidden.c"));
        Assert.Equal("$Format:%H$", Read("git/version"));
        Assert.Equal(new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), File.GetLastWriteTimeUtc(Files.At("work/git/README")));
        Assert.False(Directory.Exists(Files.At("work/git/.git")));
    }

    [Theory]
    [InlineData("destsuffix=app", "app/src/hidden.c")]
    [InlineData("subpath=src", "src/hidden.c")]
    [InlineData("subpath=src;destsuffix=x", "x/hidden.c")]
    [InlineData("subdir=s", "s/src/hidden.c")]
    [InlineData("subdir=s;destsuffix=d", "s/d/src/hidden.c")]
    public async Task Parameters_say_where_the_tree_lands(string parameters, string expected)
    {
        var pin = Pin($"{Upstream.FileUri};branch=main;{parameters}", Upstream.Middle);
        _ = await FetchAsync(pin);

        await UnpackAsync(pin);

        Assert.Equal("two", Read(expected));
        Assert.Equal(!parameters.Contains("subpath", StringComparison.Ordinal), Directory.EnumerateFiles(Files.At("work"), "README", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public async Task A_revision_on_another_branch_is_refused_unless_the_recipe_says_nobranch()
    {
        var refused = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(Pin(Upstream.FileUri + ";branch=main", Upstream.Side)));

        Assert.Contains("not on branch 'main'", refused.Problem.Message, StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(Pin(Upstream.FileUri + ";branch=side", Upstream.Side)));
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(Pin(Upstream.FileUri + ";nobranch=1", Upstream.Side)));
    }

    [Theory]
    [InlineData("branch=main;tag=v1", true)]
    [InlineData("branch=main;tag=v2", false)]
    [InlineData("branch=gone", false)]
    public async Task A_tag_must_lead_to_the_pin_and_a_branch_must_exist(string parameters, bool accepted) =>
        Assert.Equal(accepted, await FetchAsync(Pin($"{Upstream.FileUri};{parameters}", Upstream.Middle)) is FetchOutcome.Fetched);

    [Fact]
    public async Task A_tag_that_moved_is_refused()
    {
        await Upstream.GitAsync("-C", "up.git", "tag", "--force", "v1", Upstream.Tip);

        var refused = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(Pin(Upstream.FileUri + ";branch=main;tag=v1", Upstream.Middle)));

        Assert.Contains($"tag 'v1' is {Upstream.Tip}", refused.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_that_nobody_has_is_an_error_with_every_place()
    {
        var gone = new string('1', 40);

        var refused = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(
            Pin(Upstream.FileUri + ";branch=main", gone), options => options with { Premirrors = Parse($"git://.*/.* git://{Files.At("nothing")};protocol=file") }));

        Assert.Equal(2, refused.Refusals.Length);
        Assert.Contains(gone, refused.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_gives_no_single_commits_gives_the_branch()
    {
        // The first protocol, on which servers refuse what they do not advertise.
        await Upstream.GitAsync("-C", "up.git", "config", "uploadpack.allowAnySHA1InWant", "false");
        var environment = HostEnvironment.Current.SetItem("GIT_CONFIG_COUNT", "1").SetItem("GIT_CONFIG_KEY_0", "protocol.version").SetItem("GIT_CONFIG_VALUE_0", "0");
        var pin = Pin(Upstream.FileUri + ";branch=main", Upstream.First);

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin, options => options with { Environment = environment }));
        await UnpackAsync(pin);
        Assert.Equal("one", Read("git/README"));
    }

    [Fact]
    public async Task A_mirror_takes_the_place_of_an_upstream_that_is_gone()
    {
        var pin = Pin("git://127.0.0.1:1/team/app.git;branch=main", Upstream.Tip);

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin, options => options with { Mirrors = Parse($"git://.*/.* {Upstream.FileUri};protocol=file") }));

        Assert.Single(fetched.Refusals);
        await UnpackAsync(pin);
        Assert.Equal("three", Read("git/README"));
    }

    [Fact]
    public async Task A_plain_web_server_gives_what_its_files_hold()
    {
        await Upstream.GitAsync("clone", "--quiet", "--bare", "up.git", "plain.git");
        await Upstream.GitAsync("-C", "plain.git", "update-server-info");
        await using var server = new FaultyServer(Files.At("upstream"));
        var pin = Pin($"git{server.Url["http".Length..]}plain.git;protocol=http;branch=main", Upstream.Middle);

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin));
        Assert.Contains($"does not have revision {Upstream.Side} on branch 'main'", Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(pin with { Revision = Upstream.Side })).Problem.Message, StringComparison.Ordinal);
        await UnpackAsync(pin);
        Assert.Equal("two", Read("git/src/hidden.c"));
    }

    [Fact]
    public async Task An_archive_of_a_repository_on_a_mirror_of_files_will_do()
    {
        await using var server = new FaultyServer(Files.At("mirror"));
        await ArchiveAsync("git2_127.0.0.1.1.team.app.git.tar.gz");
        var pin = Pin("git://127.0.0.1:1/team/app.git;branch=main", Upstream.Middle);

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin, options => options with { Premirrors = Parse($"git://.*/.* {server.Url}") }));

        Assert.Equal(server.Url + "git2_127.0.0.1.1.team.app.git.tar.gz", fetched.Place);
        await UnpackAsync(pin);
        Assert.Equal("two", Read("git/src/hidden.c"));
        Assert.Single(Directory.EnumerateDirectories(Files.At("downloads/git")));
        Assert.False(Directory.Exists(Files.At("blobs")) && Directory.EnumerateFiles(Files.At("blobs"), "*", SearchOption.AllDirectories).Any());
    }

    [Theory]
    [InlineData(false, ";branch=main", "git2_{0}.tar.gz")]
    [InlineData(true, ";branch=main", "gitshallow_{0}_{1}-1_main.tar.gz")]
    [InlineData(true, ";branch=main;tag=v1", "gitshallow_{0}_{1}-1_main_refs.tags.v1.tar.gz")]
    [InlineData(true, ";nobranch=1", "gitshallow_{0}_{1}-1.tar.gz")]
    public async Task Archives_of_repositories_are_made_for_mirrors_of_files(bool shallow, string parameters, string name)
    {
        var pin = Pin(await Upstream.ServeAsync() + parameters, Upstream.Middle);
        FetchOptions Archiving(FetchOptions options) => options with { MirrorTarballs = true, ShallowTarballs = true, Shallow = shallow };
        name = string.Format(System.Globalization.CultureInfo.InvariantCulture, name, GitMirrors.NameOf(pin.Uri), Upstream.Middle[..7]);

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin, Archiving));
        Assert.Equal(name, Path.GetFileName(Assert.Single(Directory.EnumerateFiles(Files.At("downloads"), "*.tar.gz"))));
        Assert.Equal(shallow ? "1" : "2", await CommitsInAsync(Files.At("downloads/" + name)));

        // From a mirror of files, and without any mirror when the archive lies among the downloads.
        Directory.CreateDirectory(Files.At("mirror"));
        File.Copy(Files.At("downloads/" + name), Files.At("mirror/" + name));
        foreach (var directory in new[] { "elsewhere", "copied" })
        {
            Directory.CreateDirectory(Files.At(directory));
            if (directory == "copied") File.Copy(Files.At("mirror/" + name), Files.At($"copied/{name}"));
            Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin, options => options with
            {
                DownloadDirectory = Files.At(directory), Shallow = shallow, NoNetwork = true,
                Premirrors = directory == "copied" ? MirrorList.Empty : Parse($"git://.*/.* file://{Files.At("mirror")}/"),
            }));
        }
    }

    private async Task<string> CommitsInAsync(string archive)
    {
        var script = $"mkdir {archive}.d; tar -xzf {archive} -C {archive}.d; cd {archive}.d; git rev-list --count {Upstream.Middle}; rm -rf {archive}.d";
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["sh", "-ec", script] }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Error);
        return outcome.Output.Trim();
    }

    [Fact]
    public async Task An_archive_of_a_repository_cannot_run_programs_or_read_this_machine()
    {
        Directory.CreateDirectory(Files.At("mirror"));
        // A commit that only the archive's alternates lead to, and settings that would run a program.
        await ArchiveAsync("git2_127.0.0.1.1.team.app.git.tar.gz", $"""
            rm -rf objects/pack objects/??; echo '{Files.At("upstream/up.git/.git/objects")}' > objects/info/alternates
            git config uploadpack.packObjectsHook 'touch {Files.At("touched")};'
            git config core.fsmonitor 'touch {Files.At("touched")}'
            """);
        var pin = Pin("git://127.0.0.1:1/team/app.git;branch=main", Upstream.Middle);

        Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(pin, options => options with { Premirrors = Parse($"git://.*/.* file://{Files.At("mirror")}/") }));
        Assert.False(File.Exists(Files.At("touched")));
    }

    [Fact]
    public async Task A_branch_that_was_written_anew_keeps_what_was_fetched_and_refuses_what_it_lost()
    {
        var (old, lost) = (Pin(Upstream.FileUri + ";branch=main", Upstream.Tip), Pin(Upstream.FileUri + ";branch=main", Upstream.Middle));
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(old));
        await Upstream.GitAsync("-C", "up.git", "reset", "--quiet", "--hard", Upstream.First);

        Assert.IsType<FetchOutcome.Present>(await FetchAsync(old));
        Assert.Contains("not on branch 'main'", Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(lost)).Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".git")]
    [InlineData(".GIT")]
    public async Task A_commit_that_would_bring_its_own_repository_is_refused(string name)
    {
        // Git makes no such tree by itself.
        var script = $"""
            cd {Files.At("upstream/up.git")}; blob=$(echo evil | git hash-object -w --stdin)
            inner=$(printf '100755 blob %s\tconfig\n' $blob | git mktree)
            outer=$({"{"} printf '40000 {name}\000'; printf %s $inner | sed 's/../\\x&/g' | xargs -0 printf '%b'; {"}"} | git hash-object --literally -t tree -w --stdin)
            git update-ref refs/heads/evil $(git -c user.name=a -c user.email=a@b commit-tree -m x $outer); git rev-parse refs/heads/evil
            """;
        var made = await ProcessRunner.RunAsync(new() { Command = ["bash", "-ec", script] }, CancellationToken.None);
        Assert.True(made.Succeeded, made.Error);
        var pin = Pin(Upstream.FileUri + ";branch=evil", made.Output.Trim());

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin));
        var problem = (await Assert.ThrowsAsync<SourceException>(() => UnpackAsync(pin))).Problem;

        Assert.Equal("STR4031", problem.Rule.Code);
        Assert.False(Directory.Exists(Files.At("work/git")));
    }

    [Fact]
    public async Task Without_network_a_remote_repository_is_not_asked()
    {
        var address = await Upstream.ServeAsync();

        var needed = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(Pin(address + ";branch=main", Upstream.Tip), options => options with { NoNetwork = true }));

        Assert.Equal("STR4021", needed.Problem.Rule.Code);
    }

    [Fact]
    public async Task Two_builds_may_fetch_into_one_mirror_at_once()
    {
        var pins = new[] { Upstream.First, Upstream.Middle, Upstream.Tip }.Select(r => Pin(Upstream.FileUri + ";branch=main", r));

        var outcomes = await Task.WhenAll(pins.Select(p => FetchAsync(p)));

        Assert.All(outcomes, o => Assert.IsType<FetchOutcome.Fetched>(o));
    }

    [Fact]
    public async Task The_users_configuration_does_not_change_what_comes_out()
    {
        var home = Files.Write("home/.gitconfig", "[core]\n\tautocrlf = true\n\teol = crlf\n[tar]\n\tumask = 0777\n")[..^".gitconfig".Length];
        await Upstream.CommitAsync("text", "line\n", (".gitattributes", "text text\n"));
        var tip = await Upstream.CommitAsync("README", "four");
        var pin = Pin(Upstream.FileUri + ";branch=main", tip);

        _ = await FetchAsync(pin, options => options with { Environment = HostEnvironment.Current.SetItem("HOME", home) });
        await UnpackAsync(pin, home);

        Assert.Equal("line\n", Read("git/text"));
    }

    [Fact]
    public async Task Names_are_resolved_for_those_who_write_pins()
    {
        var git = new GitMirrors(Options());
        var uri = SourceUri.Parse(Upstream.FileUri);

        Assert.Equal(Upstream.Tip, await git.ResolveAsync(uri, "main", SourceSecrets.None, CancellationToken.None));
        Assert.Equal(Upstream.Middle, await git.ResolveAsync(uri, "v1", SourceSecrets.None, CancellationToken.None));
        Assert.Null(await git.ResolveAsync(uri, "nothing", SourceSecrets.None, CancellationToken.None));
    }

    private async Task ArchiveAsync(string name, string change = "")
    {
        Directory.CreateDirectory(Files.At("mirror"));
        await Upstream.GitAsync("clone", "--quiet", "--bare", "up.git", "packed.git");
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["sh", "-ec", $"{change}\ntar -czf {Files.At("mirror")}/{name} ."], WorkingDirectory = Files.At("upstream/packed.git") }, CancellationToken.None);
        Assert.True(outcome.Succeeded, outcome.Error);
    }

    private static PinnedGit Pin(string uri, string revision) => new(SourceUri.Parse(uri), revision);

    private static MirrorList Parse(string text) => MirrorList.TryParse(text, out var list, out var problem) ? list : throw new FormatException(problem);

    private string Mirror(PinnedGit pin) => Files.At("downloads/git/" + GitMirrors.NameOf(pin.Uri));

    private string Read(string relative) => File.ReadAllText(Files.At("work/" + relative));

    private FetchOptions Options() => new() { DownloadDirectory = Files.At("downloads"), Environment = HostEnvironment.Current };

    private async Task<FetchOutcome> FetchAsync(PinnedGit pin, Func<FetchOptions, FetchOptions>? change = null)
    {
        using var fetcher = new Fetcher(change is null ? Options() : change(Options()), new BlobStore(Files.At("blobs")), ImmutableArray<IDigestArchive>.Empty);
        return await fetcher.FetchAsync(pin, new("hello.bb", 1), null, CancellationToken.None);
    }

    private async Task UnpackAsync(PinnedGit pin, string? home = null)
    {
        var options = home is null ? Options() : Options() with { Environment = HostEnvironment.Current.SetItem("HOME", home) };
        var unpacker = new Unpacker(
            new() { Directory = Files.At("work"), SandboxDirectory = "/build/work", Environment = options.Environment }, new(Files.At("blobs")), new GitMirrors(options));
        _ = await unpacker.UnpackAsync(pin, default, CancellationToken.None);
    }
}
