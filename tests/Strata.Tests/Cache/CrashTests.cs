using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache;

/// <summary>The store under processes that die and disks that fill. The other process is this test program, running one of <see cref="Children"/>.</summary>
public sealed class CrashTests : IDisposable
{
    private const string Place = "STRATA_TEST_PLACE";

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Whatever_moment_a_process_is_killed_at_everything_found_is_complete()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var adding = Child(nameof(Children.Add_in_a_loop), [], cancel.Token);
        using (var store = ArtifactStore.Open(_directory["store"]))
            await Until(() => store.Statistics().Keys > 20, adding);

        await cancel.CancelAsync();                          // kill -9
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);

        using var after = ArtifactStore.Open(_directory["store"]);
        var found = Enumerable.Range(0, Children.Most).Select(i => after.Find(Children.Key(i))).TakeWhile(a => a is not null).ToArray();
        Assert.True(found.Length > 20, $"only {found.Length} found");
        Assert.Empty(after.VerifyAll());

        Assert.Null(after.CollectGarbage(new()).Skipped);    // the lock died with its owner
        Assert.Empty(Directory.GetFileSystemEntries(_directory["store/incoming"]));
        Assert.Equal(found[0], after.Find(Children.Key(0)));
    }

    [Fact]
    public async Task A_full_disk_is_reported_with_what_to_do_and_leaves_nothing_half_visible()
    {
        Directory.CreateDirectory(_directory["store"]);
        var outcome = await Child(nameof(Children.Add_until_the_disk_is_full), SmallDisk, TestContext.Current.CancellationToken);
        if (NoNamespaces(outcome)) Assert.Skip("this host gives no user namespaces");

        Assert.True(outcome.Succeeded && outcome.Output.Contains("Total: 1", StringComparison.Ordinal), outcome.Output + outcome.Error);
    }

    [Fact]
    public async Task A_disk_that_is_full_for_the_index_or_a_restored_artifact_breaks_neither_store_nor_build()
    {
        Directory.CreateDirectory(_directory["store"]);
        var outcome = await Child(nameof(Children.Restore_and_list_on_a_full_disk), SmallDisk, TestContext.Current.CancellationToken);
        if (NoNamespaces(outcome)) Assert.Skip("this host gives no user namespaces");

        Assert.True(outcome.Succeeded && outcome.Output.Contains("Total: 1", StringComparison.Ordinal), outcome.Output + outcome.Error);
    }

    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("STRATA_TEST_SEEDS") ?? "4", CultureInfo.InvariantCulture))];

    /// <summary>STRATA_TEST_SEEDS=50 in the environment tries more moments.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Several_processes_that_store_restore_and_collect_may_be_killed_at_any_moment(int seed)
    {
        var random = new Random(seed);
        using (var other = ArtifactStore.Open(_directory["other"]))
            await Children.ShareAsync(other, _directory.Path);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<ProcessOutcome>[] children = [Child(nameof(Children.Store_restore_and_collect), [], cancel.Token), Child(nameof(Children.Store_restore_and_collect), [], cancel.Token)];
        await Until(() => Directory.Exists(_directory["store/artifacts"]), children[0]);
        await Task.Delay(random.Next(20, 600), TestContext.Current.CancellationToken);
        await cancel.CancelAsync();                          // kill -9
        foreach (var child in children) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => child);

        using var after = ArtifactStore.Open(_directory["store"]);
        for (var i = 0; i < Children.Few; i++)
            if (after.Find(Children.Key(i)) is { } found) Assert.Equal(Children.Expected(i, _directory.Path), found);
        Assert.Empty(after.VerifyAll());
        Assert.Null(after.CollectGarbage(new()).Skipped);
        Assert.Empty(Directory.GetFileSystemEntries(_directory["store/incoming"]));
        Assert.Empty(after.VerifyAll());
        Assert.Equal(after.Statistics().Artifacts, after.List().Length);
        Children.StoreAll(after, _directory.Path);
        Assert.Equal(Enumerable.Range(0, Children.Few).Select(i => Children.Expected(i, _directory.Path)), Enumerable.Range(0, Children.Few).Select(i => after.Find(Children.Key(i))!.Value));
    }

    public void Dispose() => _directory.Dispose();

    private ImmutableArray<string> SmallDisk =>
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=2m none \"$0\" || exit 99; exec \"$@\"", _directory["store"]];

    private static bool NoNamespaces(ProcessOutcome outcome) => outcome.ExitCode is 99 || outcome.Error.Contains("unshare", StringComparison.Ordinal);

    private Task<ProcessOutcome> Child(string method, ImmutableArray<string> wrapper, CancellationToken cancel) => ProcessRunner.RunAsync(new()
    {
        Command = [.. wrapper, Path.Combine(AppContext.BaseDirectory, "Strata.Tests"),
            "-method", $"{typeof(Children).FullName}.{method}", "-explicit", "only", "-noColor"],
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add(Place, _directory.Path).Add("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .Add("DOTNET_ROOT", Path.GetFullPath(RuntimeEnvironment.GetRuntimeDirectory() + "../../..")),
    }, cancel);

    private static async Task Until(Func<bool> condition, Task<ProcessOutcome> child)
    {
        var started = Clock.Ticks;
        while (!condition())
        {
            if (child.IsCompleted) Assert.Fail((await child).Output);
            Assert.True(Clock.Since(started) < TimeSpan.FromMinutes(1), "the other process does nothing");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What other processes do; their place comes by environment.</summary>
    public sealed class Children
    {
        /// <summary>An end for the case that nobody kills it.</summary>
        internal const int Most = 5000;

        [Fact(Explicit = true)]
        public void Add_in_a_loop()
        {
            using var work = new TemporaryDirectory(Here());
            using var store = ArtifactStore.Open(Path.Combine(Here(), "store"));
            for (var i = 0; i < Most; i++) store.Record(Key(i), $"task{i}:do_x", store.Add(work.Tree("work", $"content {i}")));
        }

        [Fact(Explicit = true)]
        public void Add_until_the_disk_is_full()
        {
            using var work = new TemporaryDirectory(Here());
            using var store = ArtifactStore.Open(Path.Combine(Here(), "store"));
            using var writer = new BlobStore(Path.Combine(Here(), "store", "blobs")).BeginWrite();
            work.Tree("work", new string('x', 4 << 20));

            var artifact = Assert.Throws<StoreException>(() => store.Add(work["work"]));
            var blob = Assert.Throws<StoreException>(() => writer.Write(new byte[4 << 20]));
            writer.Dispose();

            Assert.Equal(["STR8001", "STR8001"], [artifact.Diagnostic.Rule.Code, blob.Diagnostic.Rule.Code]);
            Assert.Contains("cache gc", artifact.Diagnostic.Hint, StringComparison.Ordinal);
            Assert.True(Directory.Exists(work["work"]));
            Assert.Empty(store.List());
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(store.Root, "incoming")));
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(store.Root, "blobs", "incoming")));
            store.Record(Key(1), "small:do_x", store.Add(work.Tree("small")));
        }

        [Fact(Explicit = true)]
        public async Task Restore_and_list_on_a_full_disk()
        {
            using var other = ArtifactStore.Open(Path.Combine(Here(), "other"));
            using var work = new TemporaryDirectory(Here());
            other.Record(Key(1), "big:do_x", other.Add(work.Tree("big", Convert.ToBase64String(RandomNumberGenerator.GetBytes(3 << 20)))));
            other.Record(Key(2), "small:do_x", other.Add(work.Tree("small", "small")));
            using var store = ArtifactStore.Open(Path.Combine(Here(), "store"));
            var codes = new List<string>();
            await using (var remotes = Remotes(other, Here(), []))
            {
                remotes.OfferAll((_, _) => null);
                Assert.True(await remotes.FinishAsync(TestContext.Current.CancellationToken));
            }
            await using (var remotes = Remotes(store, Here(), codes))
            {
                Assert.Null(await remotes.RestoreAsync(Key(1), TestContext.Current.CancellationToken));
                Assert.NotNull(await remotes.RestoreAsync(Key(2), TestContext.Current.CancellationToken));
            }
            Assert.Equal(["STR8015"], codes);
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(store.Root, "incoming")));

            var filler = Path.Combine(store.Root, "filler");
            Assert.Throws<IOException>(() => Fill(filler));
            Assert.Equal("STR8001", Assert.Throws<StoreException>(() => store.Statistics()).Diagnostic.Rule.Code);
            Assert.NotNull(store.Find(Key(2)));
            File.Delete(filler);
            Assert.Equal(1, store.Statistics().Artifacts);
        }

        /// <summary>Until killed: what a build does with a store, and what a collection does.</summary>
        [Fact(Explicit = true)]
        public async Task Store_restore_and_collect()
        {
            using var work = new TemporaryDirectory(Here());
            for (var round = 0; round < Most; round++)
            {
                using var store = ArtifactStore.Open(Path.Combine(Here(), "store"));
                await using var remotes = Remotes(store, Here(), []);
                for (var i = 0; i < Few; i++)
                    if (store.Find(Key(i)) is null && (i % 2 == 0 || await remotes.RestoreAsync(Key(i), TestContext.Current.CancellationToken) is null))
                        store.Record(Key(i), "x:do_y", store.Add(Make(work, i)));
                if (round % 3 == 2) _ = store.CollectGarbage(new() { MaxBytes = 20_000 });
            }
        }

        internal const int Few = 12;

        internal static Digest Expected(int number, string place)
        {
            using var work = new TemporaryDirectory(place);
            return ArtifactDigest.Of(Make(work, number));
        }

        internal static void StoreAll(ArtifactStore store, string place)
        {
            using var work = new TemporaryDirectory(place);
            for (var i = 0; i < Few; i++) store.Record(Key(i), "x:do_y", store.Add(Make(work, i)));
        }

        internal static async Task ShareAsync(ArtifactStore store, string place)
        {
            StoreAll(store, place);
            await using var remotes = Remotes(store, place, []);
            remotes.OfferAll((_, _) => null);
            Assert.True(await remotes.FinishAsync(TestContext.Current.CancellationToken));
        }

        private static string Make(TemporaryDirectory work, int number) => work.Tree("work", string.Concat(Enumerable.Repeat($"content {number}\n", 500)));

        private static void Fill(string file)
        {
            using var full = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            while (true) full.Write(new byte[4096]);
        }

        private static RemoteCache Remotes(ArtifactStore store, string place, List<string> codes)
        {
            Assert.True(RemoteAddress.TryParseAll($"file://{Directory.CreateDirectory(Path.Combine(place, "remote"))};rw", out var addresses, out _));
            var events = new EventStream();
            events.Subscribe(e =>
            {
                if (e is DiagnosticReported found) codes.Add(found.Diagnostic.Rule.Code);
            });
            return RemoteCache.Open(new() { Addresses = addresses, Environment = ImmutableSortedDictionary<string, string>.Empty }, store, events);
        }

        internal static Digest Key(int number) => Digest.Of($"key {number}");

        private static string Here() => Environment.GetEnvironmentVariable(Place)!;
    }
}
