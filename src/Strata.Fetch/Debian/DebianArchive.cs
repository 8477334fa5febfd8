using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// The Debian source archive, asked by digest through the host's own apt configuration. Needs no privileges and changes nothing of the
/// host; the lists are refreshed at most once per build. Safe for several builds at once.
/// </summary>
public sealed class DebianArchive(DebianArchiveOptions options) : IDigestArchive, IDisposable
{
    private const string Name = "Debian source archive";

    private readonly AptProgram _apt = new(options.Directory, options.Environment);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _indexFile = Path.Combine(options.Directory, "sha256.index");
    private readonly string _stamp = Path.Combine(options.Directory, "refreshed");
    private bool _refreshed;
    private string? _problem;

    public async Task<ArchiveAnswer> FetchAsync(Digest pin, string what, BlobStore blobs, Action<FetchProgress>? progress, CancellationToken cancel)
    {
        if (!AptProgram.IsInstalled) return new(null, [new(Name, "apt is not installed here")]);

        var files = await FindAsync(pin, cancel);
        if (files.IsEmpty) return new(null, [new(Name, _problem ?? "has no file with this digest")]);

        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        foreach (var file in files)
        {
            var refusal = await DownloadAsync(file, pin, new(blobs, pin, what, file.Size, progress), cancel);
            if (refusal is null) return new(file.Address, refusals.ToImmutable());
            refusals.Add(refusal);
        }
        return new(null, refusals.ToImmutable());
    }

    /// <summary>Where the archive says the file is; nothing is downloaded but the lists.</summary>
    internal async Task<ImmutableArray<ArchiveFile>> FindAsync(Digest pin, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            var found = Age() < options.MaximumAge ? Look(pin) : [];
            if (found is not [] || _refreshed) return found;
            _refreshed = true;
            await RefreshAsync(cancel);
            return Look(pin);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private ImmutableArray<ArchiveFile> Look(Digest pin)
    {
        using var index = DigestIndex.Open(_indexFile);
        return index?.Find(pin) ?? [];
    }

    /// <summary>Since the last complete refresh by any build; a stamp from the future counts as old.</summary>
    private TimeSpan Age()
    {
        var age = Clock.Now - File.GetLastWriteTimeUtc(_stamp);
        return age < TimeSpan.Zero ? TimeSpan.MaxValue : age;
    }

    private async Task RefreshAsync(CancellationToken cancel)
    {
        using var held = await FileLock.TakeAsync(Path.Combine(options.Directory, "lock"), cancel);
        if (Age() < options.MinimumAge) return;

        await _apt.PrepareAsync(options.SourceList, options.SourceParts, cancel);
        var update = await _apt.UpdateAsync(cancel);
        if (!update.Succeeded) _problem = $"has no file with this digest in the lists that could be had; apt says: {Told(update)}";
        await BuildIndexAsync(cancel);
        if (update.Succeeded) AtomicFile.WriteAllText(_stamp, "");
    }

    private async Task BuildIndexAsync(CancellationToken cancel)
    {
        var lists = await _apt.IndexesAsync(cancel);
        if (lists.IsEmpty)
        {
            _problem ??= "apt on this host has no source archive configured";
            return;
        }
        var state = Digest.Of(string.Join('\n', lists.Select(l => $"{l.Base} {Describe(new(l.File))}")));
        using (var present = DigestIndex.Open(_indexFile))
            if (present?.State == state) return;

        ImmutableArray<string> bases = [.. lists.Select(l => l.Base).Distinct().Order(StringComparer.Ordinal)];
        var files = new List<(Digest, long, int, string)>();
        foreach (var (list, origin) in lists)
        {
            var at = bases.IndexOf(origin);
            await _apt.ReadAsync(list, stream => SourceIndexReader.Read(stream, (digest, size, name) => files.Add((digest, size, at, name))), cancel);
        }
        DigestIndex.Write(_indexFile, state, bases, files);
    }

    private async Task<Refusal?> DownloadAsync(ArchiveFile file, Digest pin, BlobReception reception, CancellationToken cancel)
    {
        var scratch = AtomicFile.ScratchName(Path.Combine(options.Directory, "files", pin.Hex));
        try
        {
            var download = await _apt.DownloadAsync(file.Address, scratch, pin, cancel);
            if (!download.Succeeded || !File.Exists(scratch)) return new(file.Address, Told(download));

            // apt has checked the digest as well; believing it would be one more thing to trust.
            await using var content = File.OpenRead(scratch);
            return await reception.ReceiveAsync(content, file.Address, content.Length, Patience.Endless, cancel);
        }
        finally
        {
            File.Delete(scratch);
            File.Delete(scratch + ".FAILED");     // what apt leaves of bytes with a wrong digest
        }
    }

    private static string Describe(FileInfo list) => $"{list.FullName} {list.Length} {list.LastWriteTimeUtc.Ticks}";

    private static string Told(ProcessOutcome outcome)
    {
        var lines = (outcome.Error + "\n" + outcome.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var error = lines.FirstOrDefault(l => l.StartsWith("E:", StringComparison.Ordinal) || l.StartsWith("W:", StringComparison.Ordinal));
        return error?[2..].Trim() ?? lines.LastOrDefault() ?? $"apt failed with {outcome.ExitCode}";
    }
}
