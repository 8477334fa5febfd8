using Strata.Cache;
using Strata.Fetch;

namespace Strata.Tests.Fetch;

/// <summary>Repositories inside repositories, large files, repositories with other hashes: against git's own servers.</summary>
public sealed class SubmoduleTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _files = new();
    private GitUpstream _upstream = null!;
    private GitHttpServer _http = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await GitUpstream.CreateAsync(_files.At("upstream"));
        _http = new(_files.At("upstream"));
    }

    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        await _upstream.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task Submodules_come_at_the_commits_that_the_outer_repositories_record()
    {
        var pin = new PinnedGit(SourceUri.Parse(Submodules(_http.Entry("outer")) + ";branch=main"), await NestAsync());

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin));
        Assert.IsType<FetchOutcome.Present>(await FetchAsync(pin, noNetwork: true));
        await UnpackAsync(pin);

        Assert.Equal("outer", Read("git/top"));
        Assert.Equal("inner", Read("git/lib/inner/name"));
        Assert.Equal("one", Read("git/lib/inner/deep/README"));     // not the tip of its repository
    }

    [Fact]
    public async Task Only_the_submodules_below_a_subpath_are_unpacked()
    {
        var pin = new PinnedGit(SourceUri.Parse(Submodules(_http.Entry("outer")) + ";branch=main;subpath=lib"), await NestAsync());

        _ = await FetchAsync(pin);
        await UnpackAsync(pin);

        Assert.Equal("inner", Read("lib/inner/name"));
        Assert.False(File.Exists(_files.At("work/lib/top")));
    }

    [Fact]
    public async Task Without_gitsm_submodules_stay_away()
    {
        var pin = new PinnedGit(SourceUri.Parse(_http.Entry("outer") + ";branch=main"), await NestAsync());

        _ = await FetchAsync(pin);
        await UnpackAsync(pin);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.At("work/git/lib/inner")));
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("file:///etc")]
    [InlineData("ext::sh -c evil")]
    [InlineData("-u./evil")]
    public async Task An_address_of_a_submodule_that_is_no_server_is_refused(string address)
    {
        await RepositoryAsync("outer", "name", "x");
        var module = $"[submodule \"m\"]\n\tpath = m\n\turl = {address}\n";
        File.WriteAllText(_files.At("upstream/outer/.gitmodules"), module);
        await _upstream.GitAsync("-C", "outer", "update-index", "--add", "--cacheinfo", $"160000,{_upstream.First},m");
        var pin = new PinnedGit(SourceUri.Parse(Submodules(_http.Entry("outer")) + ";branch=main"), await CommitAsync("outer"));

        var problem = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(pin)).Problem;

        Assert.Equal("STR4001", problem.Rule.Code);
        Assert.Contains("the submodule 'm'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offline_mirror_holds_all_of_it_and_needs_no_network()
    {
        var pin = new PinnedGit(SourceUri.Parse(Submodules(_http.Entry("outer")) + ";branch=main"), await NestAsync());
        var blobs = new BlobStore(_files.At("blobs"));
        using (var fetcher = new Fetcher(Options(), blobs, []))
        {
            _ = await fetcher.FetchAsync(pin, default, null, CancellationToken.None);
            Assert.Empty(await new OfflineMirror(_files.At("mirror"), fetcher, blobs).AddAsync([new("hello", default, [pin])], CancellationToken.None));
        }
        Directory.Move(_files.At("downloads"), _files.At("gone"));
        Assert.True(MirrorList.TryParse(OfflineMirror.Rules(_files.At("mirror")), out var rules, out _));

        using (var offline = new Fetcher(Options() with { Premirrors = rules, NoNetwork = true }, blobs, []))
            Assert.IsType<FetchOutcome.Fetched>(await offline.FetchAsync(pin, default, null, CancellationToken.None));
        await UnpackAsync(pin);

        Assert.Equal("one", Read("git/lib/inner/deep/README"));
    }

    [Fact]
    public async Task Over_http_a_revision_comes_alone_and_must_be_on_its_branch()
    {
        var entry = _http.Entry("up.git/.git");

        var refused = Assert.IsType<FetchOutcome.Unavailable>(await FetchAsync(new(SourceUri.Parse(entry + ";branch=main"), _upstream.Side)));

        Assert.Contains("not on branch 'main'", refused.Problem.Message, StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(new(SourceUri.Parse(entry + ";branch=main;tag=v1"), _upstream.Middle)));
    }

    [Fact]
    public async Task A_repository_with_SHA_256_names_works_the_same()
    {
        await _upstream.GitAsync("init", "--quiet", "--initial-branch=main", "--object-format=sha256", "new");
        File.WriteAllText(_files.At("upstream/new/file"), "sha256");
        var revision = await CommitAsync("new");
        File.WriteAllText(_files.At("upstream/new/file"), "later");
        await CommitAsync("new");
        var pin = new PinnedGit(SourceUri.Parse(_http.Entry("new") + ";branch=main"), revision);

        Assert.Equal(64, revision.Length);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin));
        await UnpackAsync(pin);
        Assert.Equal("sha256", Read("git/file"));
    }

    [Fact]
    public async Task Large_files_are_fetched_unless_the_recipe_wants_the_pointers()
    {
        var pin = await LargeAsync();
        var pointers = new PinnedGit(SourceUri.Parse($"{pin.Uri};lfs=0;destsuffix=pointers"), pin.Revision);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pointers));
        await UnpackAsync(pointers);
        Assert.StartsWith("version https://git-lfs.github.com/spec/v1", Read("pointers/a.bin"), StringComparison.Ordinal);

        // That the pointers are here does not mean that the files are.
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(pin));
        await UnpackAsync(pin);
        Assert.Equal("large content", Read("git/a.bin"));
    }

    [Fact]
    public async Task Without_git_lfs_the_message_says_what_to_install()
    {
        var pin = await LargeAsync();
        using var fetcher = new Fetcher(Options() with { Environment = HostEnvironment.Current.SetItem("PATH", _files.At("nothing")) }, new BlobStore(_files.At("blobs")), []);

        var problem = Assert.IsType<FetchOutcome.Unavailable>(await fetcher.FetchAsync(pin, new("hello.bb", 1), null, CancellationToken.None)).Problem;

        Assert.Equal("STR4032", problem.Rule.Code);
        Assert.Contains("apt install git-lfs", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_files_come_over_smart_http()
    {
        var pin = await LargeAsync();
        var overHttp = new PinnedGit(SourceUri.Parse(_http.Entry("large") + ";branch=main"), pin.Revision);

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(overHttp));
        await UnpackAsync(overHttp);

        Assert.Equal("large content", Read("git/a.bin"));
        Assert.Equal(1, _http.LargeFiles);
    }

    [Fact]
    public async Task An_offline_mirror_holds_large_files()
    {
        var pin = await LargeAsync();
        var blobs = new BlobStore(_files.At("blobs"));
        using (var fetcher = new Fetcher(Options(), blobs, []))
        {
            _ = await fetcher.FetchAsync(pin, default, null, CancellationToken.None);
            Assert.Empty(await new OfflineMirror(_files.At("mirror"), fetcher, blobs).AddAsync([new("hello", default, [pin])], CancellationToken.None));
        }
        Directory.Move(_files.At("downloads"), _files.At("gone"));
        Directory.Move(_files.At("upstream/large"), _files.At("upstream/gone"));
        Assert.True(MirrorList.TryParse(OfflineMirror.Rules(_files.At("mirror")), out var rules, out _));

        using (var offline = new Fetcher(Options() with { Premirrors = rules, NoNetwork = true }, blobs, []))
            Assert.IsType<FetchOutcome.Fetched>(await offline.FetchAsync(pin, default, null, CancellationToken.None));
        await UnpackAsync(pin);

        Assert.Equal("large content", Read("git/a.bin"));
    }

    private async Task<PinnedGit> LargeAsync()
    {
        await _upstream.GitAsync("init", "--quiet", "--initial-branch=main", "large");
        await _upstream.GitAsync("-C", "large", "lfs", "install", "--local");
        File.WriteAllText(_files.At("upstream/large/.gitattributes"), "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        File.WriteAllText(_files.At("upstream/large/a.bin"), "large content");
        return new(SourceUri.Parse($"git://{_files.At("upstream")}/large;branch=main"), await CommitAsync("large"));
    }

    private static string Submodules(string entry) => "gitsm" + entry["git".Length..];

    /// <summary>outer holds inner under lib/inner, and that the first commit of up.git under deep, by a relative address.</summary>
    private async Task<string> NestAsync()
    {
        await RepositoryAsync("inner", "name", "inner");
        await AddSubmoduleAsync("inner", "deep", "../up.git/.git", _upstream.First);
        var inner = await CommitAsync("inner");
        await RepositoryAsync("outer", "top", "outer");
        await AddSubmoduleAsync("outer", "lib/inner", _http.Entry("inner").Replace("git:", "http:", StringComparison.Ordinal).Split(';')[0], inner);
        return await CommitAsync("outer");
    }

    private async Task RepositoryAsync(string name, string file, string text)
    {
        await _upstream.GitAsync("init", "--quiet", "--initial-branch=main", name);
        File.WriteAllText(_files.At($"upstream/{name}/{file}"), text);
        await CommitAsync(name);
    }

    private async Task AddSubmoduleAsync(string repository, string path, string address, string commit)
    {
        File.WriteAllText(_files.At($"upstream/{repository}/.gitmodules"), $"[submodule \"a name\"]\n\tpath = {path}\n\turl = {address}\n");
        await _upstream.GitAsync("-C", repository, "update-index", "--add", "--cacheinfo", $"160000,{commit},{path}");
    }

    private async Task<string> CommitAsync(string repository)
    {
        var files = Directory.EnumerateFiles(_files.At($"upstream/{repository}")).Select(Path.GetFileName).OfType<string>();
        await _upstream.GitAsync(["-C", repository, "add", "--", .. files]);
        await _upstream.GitAsync("-C", repository, "commit", "--quiet", "--message", "x");
        return (await _upstream.GitAsync("-C", repository, "rev-parse", "HEAD")).Trim();
    }

    private string Read(string relative) => File.ReadAllText(_files.At("work/" + relative));

    private FetchOptions Options() => new() { DownloadDirectory = _files.At("downloads"), Environment = HostEnvironment.Current };

    private async Task<FetchOutcome> FetchAsync(PinnedGit pin, bool noNetwork = false)
    {
        using var fetcher = new Fetcher(Options() with { NoNetwork = noNetwork }, new BlobStore(_files.At("blobs")), []);
        return await fetcher.FetchAsync(pin, new("hello.bb", 1), null, CancellationToken.None);
    }

    private async Task UnpackAsync(PinnedGit pin)
    {
        var options = new UnpackOptions { Directory = _files.At("work"), SandboxDirectory = "/build/work", Environment = HostEnvironment.Current };
        _ = await new Unpacker(options, new(_files.At("blobs")), new GitMirrors(Options())).UnpackAsync(pin, default, CancellationToken.None);
    }
}
