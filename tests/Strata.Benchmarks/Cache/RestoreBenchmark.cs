using System.Collections.Concurrent;
using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Strata.Cache;
using Strata.Core;

namespace Strata.Benchmarks.Cache;

/// <summary>
/// 100 artifacts from a remote directory into an empty store, against what everyone has: <c>zstd -d | tar -x</c> of the same archives, one
/// after the other. Budget: at least its speed, although every byte is digested twice on the way.
/// </summary>
[MemoryDiagnoser]
public class RestoreBenchmark
{
    private const int Artifacts = 100;
    private const int FilesInEach = 60;

    private readonly string _scratch = Directory.CreateTempSubdirectory("strata-benchmark-").FullName;
    private readonly ConcurrentQueue<BuildEvent> _said = new();
    private ImmutableArray<Digest> _keys = [];

    private string Shared => Path.Combine(_scratch, "shared");

    /// <summary>Each artifact is a slice of this machine's programs and libraries, cut to 64 KB at most: many files, about 200 MB in all.</summary>
    [GlobalSetup]
    public async Task Setup()
    {
        var programs = new DirectoryInfo("/usr/bin").EnumerateFiles().Where(f => f.LinkTarget is null && f.Length > 0)
            .OrderBy(f => f.Name, StringComparer.Ordinal).Take(300).ToArray();
        _keys = [.. Enumerable.Range(0, Artifacts).Select(i => Digest.Of($"key {i}"))];
        using var store = ArtifactStore.Open(Path.Combine(_scratch, "made"));
        await using var remotes = Open(store);
        for (var i = 0; i < Artifacts; i++)
        {
            var work = Directory.CreateDirectory(Path.Combine(_scratch, "work"));
            for (var j = 0; j < FilesInEach; j++) Slice(programs[(i * 7 + j) % programs.Length], Path.Combine(work.FullName, $"{i}-{j}"));
            var artifact = store.Add(work.FullName);
            store.Record(_keys[i], $"recipe{i}:do_x", artifact);
        }
        remotes.OfferAll((_, _) => null);
        if (!await remotes.FinishAsync(CancellationToken.None)) throw new InvalidOperationException(string.Join('\n', _said));
    }

    [IterationSetup]
    public void Clear()
    {
        foreach (var name in (string[])["store", "peer"]) FileTree.Delete(Path.Combine(_scratch, name));
        Directory.CreateDirectory(Path.Combine(_scratch, "peer"));
    }

    [GlobalCleanup]
    public void Cleanup() => FileTree.Delete(_scratch);

    [Benchmark(Baseline = true, Description = "zstd -d | tar -x")]
    public async Task<int> ZstdAndTar() => (await ProcessRunner.RunAsync(new()
    {
        Command = ["sh", "-c", "for archive in archives/*/*; do target=../peer/${archive##*/}; mkdir $target; zstd -q -d -c $archive | tar -x -C $target; done"],
        WorkingDirectory = Shared,
    }, CancellationToken.None)).ExitCode;

    [Benchmark(Description = "Strata: restore and verify")]
    public async Task<int> Restore()
    {
        using var store = ArtifactStore.Open(Path.Combine(_scratch, "store"));
        await using var remotes = Open(store);
        var restored = await Task.WhenAll(_keys.Select(k => remotes.RestoreAsync(k, CancellationToken.None)));
        return restored.Count(a => a is not null) == Artifacts ? Artifacts : throw new InvalidOperationException(string.Join('\n', _said));
    }

    private static void Slice(FileInfo source, string target)
    {
        using var from = source.OpenRead();
        var bytes = new byte[Math.Min(source.Length, 64 * 1024)];
        from.ReadExactly(bytes);
        File.WriteAllBytes(target, bytes);
    }

    private RemoteCache Open(ArtifactStore store)
    {
        _ = RemoteAddress.TryParseAll($"file://{Directory.CreateDirectory(Shared)};rw", out var addresses, out _);
        var events = new EventStream();
        events.Subscribe(_said.Enqueue);
        return RemoteCache.Open(new() { Addresses = addresses, Environment = ImmutableSortedDictionary<string, string>.Empty }, store, events);
    }
}
