using Strata.Cache;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Tests.Fetch;

/// <summary>Repositories in source bundles: the same bytes whoever collects them, and still repositories.</summary>
public sealed class CanonicalMirrorTests : UpstreamTests
{
    private PinnedGit Pin(string revision) => new(SourceUri.Parse(Upstream.FileUri + ";branch=main"), revision);

    /// <summary>Fetches in this order into downloads of its own, and mirrors what came.</summary>
    private async Task<string> MirrorAsync(string name, params PinnedGit[] pins)
    {
        var blobs = new BlobStore(Files.At($"{name}-downloads"));
        using var fetcher = new Fetcher(new() { DownloadDirectory = blobs.Root, Environment = HostEnvironment.Current }, blobs, []);
        foreach (var pin in pins) Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(pin, default, null, CancellationToken.None));
        var mirror = Files.At(name);
        Assert.Empty(await new OfflineMirror(mirror, fetcher, blobs) { IsCanonical = true }.AddAsync([new("hello", default, [Pin(Upstream.Middle), Pin(Upstream.Tip)])], CancellationToken.None));
        return mirror;
    }

    private static Dictionary<string, Digest> Content(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(directory, f), Digest.OfFile);

    [Fact]
    public async Task The_order_of_fetching_does_not_show()
    {
        var one = await MirrorAsync("one", Pin(Upstream.Middle), Pin(Upstream.Tip));
        var other = await MirrorAsync("other", Pin(Upstream.Tip), Pin(Upstream.Middle));

        Assert.Equal(Content(one).OrderBy(f => f.Key, StringComparer.Ordinal), Content(other).OrderBy(f => f.Key, StringComparer.Ordinal));
        Assert.DoesNotContain(Content(one).Keys, f => f.EndsWith(".lock", StringComparison.Ordinal) || f.Contains("hooks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Builds_fetch_from_it_when_upstream_is_gone()
    {
        var mirror = await MirrorAsync("mirror", Pin(Upstream.Middle), Pin(Upstream.Tip));
        var pin = Pin(Upstream.Middle);
        FileTree.Delete(Files.At("upstream"));
        Assert.True(MirrorList.TryParse(OfflineMirror.Rules(mirror), out var rules, out _));
        var blobs = new BlobStore(Files.At("later"));
        using var fetcher = new Fetcher(new() { DownloadDirectory = blobs.Root, Environment = HostEnvironment.Current, Premirrors = rules, NoNetwork = true }, blobs, []);

        Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(pin, default, null, CancellationToken.None));
    }
}
