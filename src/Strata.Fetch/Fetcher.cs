using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// Brings pinned sources here. The pin decides what is accepted; places are only tried in order: downloads, PREMIRRORS, upstream,
/// MIRRORS, archives that are asked by digest. Safe for many callers at once.
/// </summary>
public sealed class Fetcher(FetchOptions options, BlobStore blobs, ImmutableArray<IDigestArchive> archives) : IDisposable
{
    private readonly HttpPlaces _http = new(options);
    private readonly FtpPlaces _ftp = new(options);
    private readonly MirrorTarballs _tarballs = new(options);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    public GitMirrors Git { get; } = new(options);

    /// <summary>Fetches every source of a plan, four at a time; outcomes in the order of the plan, all of them even if some fail.</summary>
    public async Task<ImmutableArray<FetchOutcome>> FetchAsync(SourcePlan plan, Action<FetchProgress>? progress, CancellationToken cancel)
    {
        var outcomes = new FetchOutcome[plan.Sources.Length];
        await Parallel.ForAsync(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel }, async (i, stop) =>
            outcomes[i] = await FetchAsync(plan.Sources[i], plan.Place, progress, stop));
        return [.. outcomes];
    }

    public async Task<FetchOutcome> FetchAsync(PinnedSource source, SourceSpan at, Action<FetchProgress>? progress, CancellationToken cancel) => source switch
    {
        PinnedFile file => await OneAtATimeAsync(file.Pin.Hex, () => FetchFileAsync(file, at, progress, cancel), cancel),
        PinnedGit git => await FetchRepositoryAsync(git, at, progress, cancel),
        LocalFile or DevelopmentTree => new FetchOutcome.Present(),
        _ => throw new ArgumentException($"unknown kind of source: {source.GetType()}", nameof(source)),
    };

    /// <summary>Finds out what would pin the source: the commit that its branch or tag is at upstream now, or the digest of what its address serves now.</summary>
    /// <returns>Hexadecimal digits.</returns>
    /// <exception cref="SourceException">Nobody can say.</exception>
    public Task<string> FindPinAsync(OpenSource source, SourceSpan at, CancellationToken cancel) =>
        source.IsGit ? FindRevisionAsync(source, at, cancel) : FindDigestAsync(source, at, cancel);

    private async Task<string> FindRevisionAsync(OpenSource source, SourceSpan at, CancellationToken cancel)
    {
        if (options.Forbids(source.Uri) is { } reason) throw new SourceException(FetchRules.CannotPin(at, source, reason));
        return await Git.ResolveAsync(source.Uri, source.Revision, source.Secrets, cancel)
            ?? throw new SourceException(FetchRules.CannotPin(at, source, $"it has no branch or tag '{source.Revision}'"));
    }

    private async Task<string> FindDigestAsync(OpenSource source, SourceSpan at, CancellationToken cancel)
    {
        var refusals = new List<string>();
        var reception = new BlobReception(blobs, null, source.Uri.FileName, options.MaximumSize, null) { Secrets = source.Secrets };
        foreach (var place in PlacesFor(source.Uri))
        {
            var refusal = await TryPlaceAsync(place, reception, cancel);
            if (refusal is null) return reception.Received!.Value.Hex;
            refusals.Add($"{refusal.Place} {refusal.Reason}");
        }
        throw new SourceException(FetchRules.CannotPin(at, source, string.Join("; ", refusals)));
    }

    /// <summary>What an address serves now, as text: a listing of files, for instance. Nothing pins it, so no build may depend on it.</summary>
    /// <exception cref="SourceException">Nobody serves it.</exception>
    public async Task<string> ReadPageAsync(SourceUri uri, SourceSpan at, CancellationToken cancel)
    {
        var page = Digest.Parse(await FindDigestAsync(new(uri, "UPSTREAM_CHECK_URI", "") { Secrets = SourceSecrets.All }, at, cancel));
        var text = await File.ReadAllTextAsync(blobs.PathOf(page), System.Text.Encoding.Latin1, cancel);
        _ = blobs.Remove(page);
        return text;
    }

    /// <summary>A fetcher whose downloads lie in another directory, and which takes repositories from the downloads of this one.</summary>
    internal Fetcher MirrorInto(string directory)
    {
        var own = OfflineMirror.Rules(options.DownloadDirectory);
        if (!MirrorList.TryParse(own, out var rules, out var problem)) throw new ArgumentException(problem);
        return new(options with { DownloadDirectory = directory, Premirrors = rules, PremirrorsOnly = true, NoNetwork = true }, blobs, []);
    }

    public void Dispose()
    {
        _http.Dispose();
        foreach (var gate in _gates.Values) gate.Dispose();
    }

    /// <summary>Two recipes that share a source share its download: the second one finds it present.</summary>
    private async Task<FetchOutcome> OneAtATimeAsync(string name, Func<Task<FetchOutcome>> fetch, CancellationToken cancel)
    {
        var gate = _gates.GetOrAdd(name, _ => new(1));
        await gate.WaitAsync(cancel);
        try
        {
            return await fetch();
        }
        finally
        {
            gate.Release();
        }
    }

    private bool IsPresent(Digest pin) => blobs.Has(pin) && blobs.Verify(pin) is null;

    private async Task<FetchOutcome> FetchFileAsync(PinnedFile file, SourceSpan at, Action<FetchProgress>? progress, CancellationToken cancel)
    {
        // Verify removes a blob that the disk has changed, so that it is fetched again.
        if (IsPresent(file.Pin)) return new FetchOutcome.Present();

        // Another build on the same download directory may be at it: then its download is ours. Few locks, so that they need no sweeping.
        using var held = await FileLock.TakeAsync(Path.Combine(options.DownloadDirectory, "locks", file.Pin.Hex[..3]), cancel);
        if (IsPresent(file.Pin)) return new FetchOutcome.Present();

        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        var reception = new BlobReception(blobs, file.Pin, file.Uri.FileName, options.MaximumSize, progress) { Secrets = file.Secrets };
        foreach (var place in PlacesFor(file.Uri))
        {
            var refusal = await TryPlaceAsync(place, reception, cancel);
            if (refusal is null) return new FetchOutcome.Fetched(place.Address) { Refusals = refusals.ToImmutable() };
            refusals.Add(refusal);
        }
        if (!options.NoNetwork && !options.PremirrorsOnly)
            foreach (var archive in archives)
            {
                var answer = await archive.FetchAsync(file.Pin, file.Uri.FileName, blobs, progress, cancel);
                refusals.AddRange(answer.Refusals);
                if (answer.Place is { } place) return new FetchOutcome.Fetched(place) { Refusals = refusals.ToImmutable() };
            }
        return Unavailable(file, at, refusals.ToImmutable());
    }

    /// <summary>A repository and, with <c>gitsm://</c>, those inside it; which these are is known only when the outer one is here.</summary>
    private async Task<FetchOutcome> FetchRepositoryAsync(PinnedGit git, SourceSpan at, Action<FetchProgress>? progress, CancellationToken cancel)
    {
        try
        {
            var outcome = await OneAtATimeAsync(GitMirrors.NameOf(git.Uri), () => FetchGitAsync(git, at, progress, cancel), cancel);
            if (outcome is FetchOutcome.Unavailable) return outcome;
            foreach (var submodule in await Git.SubmodulesAsync(git, cancel))
            {
                var inner = await FetchRepositoryAsync(submodule.Source, at, progress, cancel);
                if (inner is FetchOutcome.Unavailable) return inner;
                if (inner is FetchOutcome.Fetched && outcome is FetchOutcome.Present) outcome = inner;
            }
            return outcome;
        }
        catch (SourceException e)
        {
            return new FetchOutcome.Unavailable(e.Problem.Place.IsNowhere ? e.Problem with { Place = at } : e.Problem, []);
        }
    }

    private async Task<FetchOutcome> FetchGitAsync(PinnedGit git, SourceSpan at, Action<FetchProgress>? progress, CancellationToken cancel)
    {
        var report = progress is null ? (Action<string>?)null : _ => progress(new(git.Uri.Address, 0, 0));
        var answer = await Git.FetchAsync(git, [.. PlacesFor(git)], report, (place, directory) => UnpackMirrorAsync(place, directory, cancel), cancel);
        if (answer is { Place: null, Refusals: not [] }) return Unavailable(git, at, answer.Refusals);
        if (await _tarballs.WriteAsync(git, Git.MirrorOf(git), PlacesFor(git.Uri), cancel) is { Length: > 0 } refusals) return Unavailable(git, at, refusals);
        return answer.Place is { } place ? new FetchOutcome.Fetched(place) { Refusals = answer.Refusals } : new FetchOutcome.Present();
    }

    /// <summary>The archive of a repository has no pin of its own: the commit that is taken out of it has. Null when it has been unpacked.</summary>
    private async Task<string?> UnpackMirrorAsync(SourceUri place, string directory, CancellationToken cancel)
    {
        var name = Path.GetFileName(place.Path);
        var reception = new BlobReception(blobs, null, name, options.MaximumSize, null);
        if (await TryPlaceAsync(place, reception, cancel) is { } refusal) return refusal.Reason;

        var archive = reception.Received!.Value;
        try
        {
            var tree = new TreeWriter(directory, "", name, new(new(), name), DateTimeOffset.UnixEpoch);
            await using var content = File.OpenRead(blobs.PathOf(archive));
            await new Decompressor(options.Environment).ReadAsync(content, name, tar => TarUnpacker.Unpack(tar, tree, name), cancel);
            return null;
        }
        catch (SourceException e)
        {
            return e.Problem.Message;
        }
        finally
        {
            blobs.Remove(archive);
        }
    }

    private IEnumerable<SourceUri> PlacesFor(SourceUri uri)
    {
        var premirrors = options.Premirrors.PlacesFor(uri);
        return (options.PremirrorsOnly ? premirrors : [.. premirrors, uri, .. options.Mirrors.PlacesFor(uri)]).DistinctBy(p => p.Address);
    }

    /// <summary>For a repository, archives in the download directory come first, and a place for files may have a smaller archive than that of all of it.</summary>
    private IEnumerable<SourceUri> PlacesFor(PinnedGit git)
    {
        var names = MirrorArchive.NamesOf(git, options.Shallow);
        var here = names.Select(n => Path.Combine(options.DownloadDirectory, n)).Where(File.Exists).Select(p => new SourceUri { Scheme = "file", Host = "", Path = p });
        return [.. here, .. PlacesFor(git.Uri).SelectMany(p => p.IsGit ? [p] : names.Select(n => p with { Path = $"{Path.GetDirectoryName(p.Path)!.TrimEnd('/')}/{n}" }))];
    }

    private async Task<Refusal?> TryPlaceAsync(SourceUri place, BlobReception reception, CancellationToken cancel) => place.Scheme switch
    {
        "file" => await TryFileAsync(place, reception, cancel),
        _ when options.Forbids(place) is { } reason => new(place.Address, reason),
        "http" or "https" => await _http.TryAsync(place, reception, cancel),
        "ftp" or "ftps" => await _ftp.TryAsync(place, reception, cancel),
        var scheme => new(place.Address, $"Strata cannot fetch files from {scheme}://"),
    };

    private static async Task<Refusal?> TryFileAsync(SourceUri place, BlobReception reception, CancellationToken cancel)
    {
        try
        {
            await using var file = File.OpenRead(place.Path);
            return await reception.ReceiveAsync(file, place.Address, file.Length, Patience.Endless, cancel);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(place.Address, "no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(place.Address, e.Message);
        }
    }

    private FetchOutcome.Unavailable Unavailable(PinnedSource source, SourceSpan at, ImmutableArray<Refusal> refusals) =>
        new(options.NoNetwork ? FetchRules.NeedsNetwork(at, source, refusals) : FetchRules.Unavailable(at, source, refusals), refusals);
}
