using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
        var outcome = await Child(nameof(Children.Add_until_the_disk_is_full),
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=2m none \"$0\" || exit 99; exec \"$@\"", _directory["store"]],
            TestContext.Current.CancellationToken);
        if (outcome.ExitCode is 99 || outcome.Error.Contains("unshare", StringComparison.Ordinal)) Assert.Skip("this host gives no user namespaces");

        Assert.True(outcome.Succeeded && outcome.Output.Contains("Total: 1", StringComparison.Ordinal), outcome.Output + outcome.Error);
    }

    public void Dispose() => _directory.Dispose();

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

        internal static Digest Key(int number) => Digest.Of($"key {number}");

        private static string Here() => Environment.GetEnvironmentVariable(Place)!;
    }
}
