using System.Text;
using Strata.Cache;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Tests.Fetch;

/// <summary>With the apt of this machine: against a small archive in a directory, and once against the real one.</summary>
public sealed class DebianArchiveTests : IDisposable
{
    private static readonly byte[] s_body = Encoding.ASCII.GetBytes(new string('d', 5000));

    private readonly TemporaryDirectory _files = new();
    private readonly BlobStore _blobs;

    public DebianArchiveTests()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/apt/apt-helper"), "this machine has no apt");
        _blobs = new(_files.At("blobs"));
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_digest_leads_to_the_file()
    {
        Publish("hello_1.0.orig.tar.gz", s_body);
        using var archive = Archive();

        var answer = await FetchAsync(archive, Digest.Of(s_body));

        Assert.EndsWith("/pool/hello_1.0.orig.tar.gz", answer.Place, StringComparison.Ordinal);
        Assert.Equal(s_body, await File.ReadAllBytesAsync(_blobs.PathOf(Digest.Of(s_body))));
        Assert.Empty(Directory.EnumerateFiles(_files.At("apt/files")));
    }

    [Fact]
    public async Task A_second_build_needs_no_process_to_look_up()
    {
        Publish("hello_1.0.orig.tar.gz", s_body);
        using (var first = Archive()) _ = await first.FindAsync(Digest.Of(s_body), CancellationToken.None);
        File.Delete(_files.At("apt/apt.conf"));     // needed for every run of apt
        using var second = Archive();

        Assert.Single(await second.FindAsync(Digest.Of(s_body), CancellationToken.None));
        Assert.False(File.Exists(_files.At("apt/apt.conf")));
    }

    [Fact]
    public async Task An_unknown_digest_refreshes_the_lists_once_per_build()
    {
        Publish("hello_1.0.orig.tar.gz", s_body);
        using (var before = Archive()) _ = await FetchAsync(before, Digest.Of(s_body));
        using var archive = Archive();

        var news = "new"u8.ToArray();
        Publish("new_1.0.orig.tar.gz", news);
        Assert.NotNull((await FetchAsync(archive, Digest.Of(news))).Place);

        var later = "later"u8.ToArray();
        Publish("later_1.0.orig.tar.gz", later);
        var answer = await FetchAsync(archive, Digest.Of(later));
        Assert.Null(answer.Place);
        Assert.Equal("has no file with this digest", Assert.Single(answer.Refusals).Reason);
    }

    [Fact]
    public async Task An_archive_that_lies_about_a_file_is_refused()
    {
        Publish("hello_1.0.orig.tar.gz", s_body);
        _files.Write("repository/pool/hello_1.0.orig.tar.gz", "something else");
        using var archive = Archive();

        var answer = await FetchAsync(archive, Digest.Of(s_body));

        Assert.Null(answer.Place);
        Assert.Single(answer.Refusals);
        Assert.Empty(Directory.EnumerateFiles(_files.At("apt/files")));
    }

    [Fact]
    public async Task A_broken_archive_beside_a_good_one_does_no_harm()
    {
        Publish("hello_1.0.orig.tar.gz", s_body);
        _files.Write("host/sources.list.d/vendor.list", $"deb [trusted=yes] file:{_files.At("nothing")} ./\n");
        using var archive = Archive();

        Assert.NotNull((await FetchAsync(archive, Digest.Of(s_body))).Place);
    }

    [Fact]
    public async Task Without_any_archive_the_refusal_says_so()
    {
        _files.Write("host/sources.list", "");
        using var archive = Archive();

        Assert.Contains("no source archive", Assert.Single((await FetchAsync(archive, Digest.Of(s_body))).Refusals).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Builds_at_once_share_the_lists()
    {
        Publish("hello_1.0.orig.tar.gz", s_body);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var archive = Archive();
            return await FetchAsync(archive, Digest.Of(s_body));
        }));

        Assert.All(answers, a => Assert.NotNull(a.Place));
    }

    [Fact]
    public async Task The_real_archive_has_a_pinned_source()
    {
        var pin = Digest.Parse("0fd35a7030052acd9f58948d1d900fe1e432ee37103c5561554408bdac6bbf0d");
        using var archive = new DebianArchive(new() { Directory = _files.At("apt"), Environment = HostEnvironment.Current });
        using var fetcher = new Fetcher(new() { DownloadDirectory = _files.At("downloads"), Environment = HostEnvironment.Current }, _blobs, [archive]);
        var file = new PinnedFile(SourceUri.Parse("http://127.0.0.1:1/tini_0.19.0.orig.tar.gz"), pin);

        var outcome = await fetcher.FetchAsync(file, default, null, CancellationToken.None);

        Assert.SkipWhen(outcome is FetchOutcome.Unavailable, $"the archive cannot be reached, or does not hold this version: {outcome}");
        Assert.True(_blobs.Has(pin));
        Assert.Null(_blobs.Verify(pin));
    }

    private DebianArchive Archive()
    {
        if (!File.Exists(_files.At("host/sources.list")))
            _files.Write("host/sources.list.d/small.sources", $"# a comment\nTypes: deb\nURIs: file:{_files.At("repository")}\nSuites: ./\nTrusted: yes\n");
        return new(new()
        {
            Directory = _files.At("apt"), Environment = HostEnvironment.Current, MinimumAge = TimeSpan.Zero,
            SourceList = _files.At("host/sources.list"), SourceParts = _files.At("host/sources.list.d"),
        });
    }

    private Task<ArchiveAnswer> FetchAsync(DebianArchive archive, Digest pin) => archive.FetchAsync(pin, "hello", _blobs, null, CancellationToken.None);

    /// <summary>Adds a source package with one file to the small archive.</summary>
    private void Publish(string name, byte[] body)
    {
        Directory.CreateDirectory(_files.At("repository/pool"));
        File.WriteAllBytes(_files.At("repository/pool/" + name), body);
        File.AppendAllText(_files.At("repository/Sources"), $"""
            Package: {name[..name.IndexOf('_', StringComparison.Ordinal)]}
            Binary: x
            Version: 1.0-1
            Architecture: any
            Format: 3.0 (quilt)
            Checksums-Sha256:
             {Digest.Of(body).Hex} {body.Length} {name}
            Directory: pool


            """);
        var sources = File.ReadAllBytes(_files.At("repository/Sources"));
        _files.Write("repository/Release", $"Date: Thu, 01 Jan 2026 00:00:00 UTC\nSHA256:\n {Digest.Of(sources).Hex} {sources.Length} Sources\n");
    }
}
