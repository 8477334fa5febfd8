using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache.Remotes;

/// <summary>Machines that share what they make: each has a store of its own, and all have the same remotes.</summary>
internal sealed class SharingStores : IDisposable
{
    private readonly Dictionary<string, ArtifactStore> _stores = [];
    private readonly ConcurrentQueue<BuildEvent> _events = new();

    public TemporaryDirectory Directory { get; } = new();

    public RemoteOptions Options { get; set; } = new()
    {
        Addresses = [],
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin"),
        Timeout = TimeSpan.FromSeconds(1),
        RetryDelay = TimeSpan.FromMilliseconds(10),
    };

    /// <summary>What was said, without places.</summary>
    public string[] Diagnostics => [.. _events.OfType<DiagnosticReported>().Select(d => d.Diagnostic.Rule.Code)];

    /// <summary>Everything that was said, as a user could see it.</summary>
    public string Output => string.Join('\n', _events);

    public ArtifactStore Store(string machine)
    {
        if (!_stores.TryGetValue(machine, out var store)) _stores[machine] = store = ArtifactStore.Open(Directory[machine]);
        return store;
    }

    public void Use(params string[] addresses)
    {
        Assert.True(RemoteAddress.TryParseAll(string.Join(' ', addresses), out var parsed, out var problem), problem);
        Options = Options with { Addresses = parsed };
    }

    /// <summary>Makes an artifact on a machine, as a task would, and sends it.</summary>
    public async Task<Digest> MakeAsync(string machine, string content, string key = "key", KeyBundle? explanation = null)
    {
        var store = Store(machine);
        var artifact = store.Add(Directory.Tree($"work-{machine}", content));
        store.Record(Digest.Of(key), "greet:do_install", artifact);
        await using var remotes = Open(machine);
        remotes.Offer("greet:do_install", artifact, () => explanation, Digest.Of(key));
        await remotes.FinishAsync(TestContext.Current.CancellationToken);
        return artifact;
    }

    public async Task<Digest?> RestoreAsync(string machine, string key = "key")
    {
        await using var remotes = Open(machine);
        return await remotes.RestoreAsync(Digest.Of(key), TestContext.Current.CancellationToken);
    }

    public async Task<KeyBundle?> FindKeysAsync(string machine, Digest? key = null)
    {
        await using var remotes = Open(machine);
        return await remotes.FindKeysAsync("greet:do_install", key, TestContext.Current.CancellationToken);
    }

    public RemoteCache Open(string machine)
    {
        var events = new EventStream();
        events.Subscribe(_events.Enqueue);
        return RemoteCache.Open(Options, Store(machine), events);
    }

    /// <summary>The archives that a directory, as remotes have it, holds.</summary>
    public static string[] Archives(string root) => System.IO.Directory.GetFiles(Path.Combine(root, "archives"), "*", SearchOption.AllDirectories);

    public void Dispose()
    {
        foreach (var store in _stores.Values) store.Dispose();
        Directory.Dispose();
    }
}
