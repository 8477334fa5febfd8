using System.Text;
using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache;

public sealed class BlobStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly BlobStore _blobs;

    public BlobStoreTests() => _blobs = new(_directory["blobs"]);

    [Fact]
    public async Task A_blob_lies_under_the_digest_of_its_bytes()
    {
        using var writer = _blobs.BeginWrite();
        await writer.WriteAsync("hel"u8.ToArray(), TestContext.Current.CancellationToken);
        writer.Write("lo"u8);

        Assert.Equal(Digest.Of("hello"), writer.Digest);
        Assert.False(_blobs.Has(writer.Digest));
        Assert.Equal(Digest.Of("hello"), writer.Commit());
        Assert.Equal(5, writer.Length);
        Assert.Equal("hello", File.ReadAllText(_blobs.PathOf(Digest.Of("hello"))));
        Assert.Equal([Digest.Of("hello")], _blobs.List());
    }

    [Fact]
    public void A_writer_that_was_not_committed_leaves_nothing()
    {
        using (var writer = _blobs.BeginWrite()) writer.Write("half of i"u8);

        Assert.Empty(Files());
    }

    [Fact]
    public void Nothing_can_be_written_after_the_commit()
    {
        using var writer = _blobs.BeginWrite();
        writer.Commit();

        Assert.False(writer.CanWrite);
        Assert.Throws<ObjectDisposedException>(() => writer.WriteByte(1));
        Assert.Throws<ObjectDisposedException>(() => writer.Commit());
    }

    [Fact]
    public void Many_writers_of_the_same_blob_make_one_blob()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 300_000));
        Parallel.For(0, 16, _ =>
        {
            using var writer = new BlobStore(_blobs.Root).BeginWrite();
            foreach (var part in bytes.Chunk(70_001)) writer.Write(part);
            writer.Commit();
        });

        Assert.Equal([_blobs.PathOf(Digest.Of(bytes))], Files());
        Assert.Null(_blobs.Verify(Digest.Of(bytes)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hell")]
    [InlineData("jello")]
    public void A_blob_with_wrong_bytes_is_reported_and_discarded(string damaged)
    {
        var blob = Commit("hello");
        File.Delete(_blobs.PathOf(blob));
        File.WriteAllText(_blobs.PathOf(blob), damaged);

        Assert.Equal("STR8008", _blobs.Verify(blob)?.Rule.Code);
        Assert.False(_blobs.Has(blob));
        Assert.Null(_blobs.Verify(blob));
    }

    [Fact]
    public void A_new_commit_replaces_a_damaged_blob()
    {
        var blob = Commit("hello");
        File.Delete(_blobs.PathOf(blob));
        File.WriteAllText(_blobs.PathOf(blob), "h");

        Commit("hello");

        Assert.Null(_blobs.Verify(blob));
        Assert.True(_blobs.Has(blob));
    }

    [Fact]
    public void What_a_killed_writer_left_is_swept_and_what_a_living_one_writes_is_not()
    {
        using var living = _blobs.BeginWrite();
        living.Write("still coming"u8);
        _directory.Write("blobs/incoming/abandoned.tmp", "half");
        foreach (var file in Files()) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        Commit("hello");                                     // the sweep was made before, by the same store
        using (new BlobStore(_blobs.Root).BeginWrite()) Assert.Equal(3, Files().Length);

        Assert.Equal(Digest.Of("still coming"), living.Commit());
        Assert.False(File.Exists(_directory["blobs/incoming/abandoned.tmp"]));
    }

    [Fact]
    public void A_removed_blob_is_gone()
    {
        var blob = Commit("hello");

        Assert.True(_blobs.Remove(blob));
        Assert.False(_blobs.Remove(blob));
        Assert.Empty(_blobs.List());
    }

    [Fact]
    public void A_root_that_cannot_be_made_is_reported_with_its_path()
    {
        var blobs = new BlobStore(_directory.Write("file", "") + "/blobs");

        var e = Assert.Throws<StoreException>(blobs.BeginWrite);
        Assert.Contains("file/blobs", e.Diagnostic.ToString(), StringComparison.Ordinal);
        Assert.NotNull(e.Diagnostic.Hint);
    }

    public void Dispose() => _directory.Dispose();

    private Digest Commit(string text)
    {
        using var writer = _blobs.BeginWrite();
        writer.Write(Encoding.UTF8.GetBytes(text));
        return writer.Commit();
    }

    private string[] Files() => Directory.Exists(_blobs.Root) ? Directory.GetFiles(_blobs.Root, "*", SearchOption.AllDirectories) : [];
}
