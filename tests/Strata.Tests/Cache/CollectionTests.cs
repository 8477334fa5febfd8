using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache;

public sealed class CollectionTests : IDisposable
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch.AddYears(50);

    private readonly TemporaryDirectory _directory = new();
    private readonly ArtifactStore _store;

    public CollectionTests() => _store = ArtifactStore.Open(_directory["store"]);

    public static TheoryData<CollectionLimits, string> Plans => new()
    {
        { new(), "" },
        { new() { MaxBytes = 300 }, "" },
        { new() { MaxBytes = 299 }, "1" },
        { new() { MaxBytes = 100 }, "1 2" },
        { new() { MaxBytes = 0 }, "1 2 3" },
        { new() { MaxAge = TimeSpan.FromDays(2.5) }, "1" },
        { new() { MaxAge = TimeSpan.FromDays(2.5), MaxBytes = 150 }, "1 2" },
        { new() { MaxBytes = 0, Keep = [Digest.Of("1")] }, "2 3" },
        { new() { MaxBytes = 200, Keep = [Digest.Of("1")] }, "2" },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void The_least_recently_used_go_first_and_only_as_many_as_needed(CollectionLimits limits, string expected)
    {
        ImmutableArray<StoredArtifact> all = [.. Enumerable.Range(1, 3).Select(age =>
            new StoredArtifact(Digest.Of($"{age}"), [], 1, 100, s_now.AddDays(age - 4)))];

        var victims = CollectionPlan.Victims(all, limits, s_now);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => Digest.Of(n)), victims.Select(v => v.Digest));
    }

    [Fact]
    public void Collected_artifacts_are_gone_with_their_keys_and_the_rest_is_found()
    {
        var old = Add("old");
        var young = Add("young");
        File.SetLastWriteTimeUtc(_store.PathOf(old) + ".json", DateTime.UnixEpoch);

        var outcome = _store.CollectGarbage(new() { MaxAge = TimeSpan.FromDays(1) });

        Assert.Equal([old], outcome.Removed);
        Assert.Null(outcome.Skipped);
        Assert.Equal((13, 15), (outcome.BytesFreed, outcome.BytesLeft));
        Assert.Null(_store.Find(Digest.Of("key of old")));
        Assert.Equal(young, _store.Find(Digest.Of("key of young")));
        Assert.Equal(new StoreStatistics(1, 1, 8, 15), _store.Statistics());
        Assert.Empty(Directory.GetFileSystemEntries(_directory["store/trash"]));
    }

    [Fact]
    public void Finding_an_artifact_saves_it_from_collection()
    {
        var old = Add("old");
        File.SetLastWriteTimeUtc(_store.PathOf(old) + ".json", DateTime.UnixEpoch);

        Assert.Equal(old, _store.Find(Digest.Of("key of old")));

        Assert.Empty(_store.CollectGarbage(new() { MaxAge = TimeSpan.FromDays(1) }).Removed);
    }

    [Fact]
    public void A_clock_that_ran_ahead_keeps_nothing_for_ever_and_one_that_was_behind_breaks_nothing()
    {
        var ahead = Add("ahead");
        var behind = Add("behind");
        File.SetLastWriteTimeUtc(_store.PathOf(ahead) + ".json", DateTime.UnixEpoch.AddYears(200));
        File.SetLastWriteTimeUtc(_store.PathOf(behind) + ".json", DateTime.UnixEpoch.AddYears(-1));

        Assert.Equal([behind], _store.CollectGarbage(new() { MaxAge = TimeSpan.FromDays(1) }).Removed);

        Assert.InRange(File.GetLastWriteTimeUtc(_store.PathOf(ahead) + ".json"), DateTime.UnixEpoch, DateTime.UnixEpoch.AddYears(199));
        Assert.Equal([ahead], _store.CollectGarbage(new() { MaxBytes = 0 }).Removed);
    }

    [Fact]
    public void Chosen_artifacts_go_and_the_rest_stays()
    {
        var one = Add("one");
        var two = Add("two");

        Assert.Equal([one], _store.Collect(a => a.Names.Contains("one:do_install")).Removed);

        Assert.Null(_store.Find(Digest.Of("key of one")));
        Assert.Equal(two, _store.Find(Digest.Of("key of two")));
    }

    [Fact]
    public void Nothing_is_collected_while_a_build_has_the_store_open()
    {
        Add("old");
        using (ArtifactStore.Open(_store.Root))
        {
            var outcome = _store.CollectGarbage(new() { MaxBytes = 0 });

            Assert.Equal("STR8009", outcome.Skipped?.Rule.Code);
            Assert.Single(_store.List());
        }

        Assert.Single(_store.CollectGarbage(new() { MaxBytes = 0 }).Removed);
    }

    [Fact]
    public void Leftovers_of_killed_processes_go()
    {
        var artifact = Add("sound");
        var hex = Digest.Of("none").Hex;
        _directory.Tree("store/incoming/artifact.half");
        _directory.Tree("store/trash/old");
        _directory.Tree($"store/artifacts/{hex[..2]}/{hex}");                           // without a manifest
        _directory.Write($"store/artifacts/aa/{Digest.Of("never placed").Hex}.json", "{}");
        _directory.Write($"store/artifacts/aa/{hex}.json.abc.tmp", "{");
        _directory.Write($"store/keys/aa/{hex}.abc.tmp", "sha");
        _directory.Write($"store/keys/{hex[..2]}/{hex}", $"{Digest.Of("gone")} x:do_y\n");

        var outcome = _store.CollectGarbage(new());

        Assert.Empty(outcome.Removed);
        var (shelf, key) = (_store.PathOf(artifact), Digest.Of("key of sound").Hex);
        Assert.Equal([shelf, shelf + ".json"], Things("artifacts"));
        Assert.Equal([_directory[$"store/keys/{key[..2]}/{key}"]], Things("keys"));
        Assert.Empty(Directory.GetFileSystemEntries(_directory["store/incoming"]));
        Assert.Empty(Directory.GetFileSystemEntries(_directory["store/trash"]));
        Assert.Equal(artifact, _store.Find(Digest.Of("key of sound")));
        Assert.Null(_store.Verify(artifact));
    }

    [Fact]
    public void A_removed_artifact_is_not_found_any_more()
    {
        var artifact = Add("work");

        Assert.True(_store.Remove(artifact));
        Assert.False(_store.Remove(artifact));
        Assert.Null(_store.Find(Digest.Of("key of work")));
        Assert.False(Directory.Exists(_store.PathOf(artifact)));
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private IEnumerable<string> Things(string kind) =>
        Directory.GetDirectories(_directory[$"store/{kind}"]).SelectMany(Directory.GetFileSystemEntries).Order(StringComparer.Ordinal);

    private Digest Add(string content)
    {
        var artifact = _store.Add(_directory.Tree("work", content));
        _store.Record(Digest.Of($"key of {content}"), $"{content}:do_install", artifact);
        return artifact;
    }
}
