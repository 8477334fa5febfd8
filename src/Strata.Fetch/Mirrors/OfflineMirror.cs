using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// A directory with everything that builds without a network need: files under the names that PREMIRRORS looks for, repositories below
/// <c>git/</c>. It can be copied anywhere, and served by any web server as far as the files go.
/// </summary>
/// <param name="directory">Absolute; made if it is missing.</param>
public sealed class OfflineMirror(string directory, Fetcher fetcher, BlobStore blobs)
{
    /// <summary>Repositories become the same bytes wherever they were fetched, which takes time for large ones.</summary>
    public bool IsCanonical { get; init; }

    /// <summary>What a build has to put into PREMIRRORS to use the mirror.</summary>
    public static string Rules(string directory) =>
        $"(https?|ftp)://.*/.* file://{directory}/ git://.*/.* git://{directory}/git/MIRRORNAME;protocol=file gitsm://.*/.* gitsm://{directory}/git/MIRRORNAME;protocol=file";

    /// <summary>Adds the sources of the plans, which have been fetched. Returns what stands in the way; then nothing has been added.</summary>
    public async Task<ImmutableArray<Diagnostic>> AddAsync(IReadOnlyCollection<SourcePlan> plans, CancellationToken cancel)
    {
        var files = plans.SelectMany(p => p.Sources.OfType<PinnedFile>().Select(f => (p.Recipe, File: f))).GroupBy(f => f.File.Uri.FileName).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        var clashes = files.Where(g => g.Select(f => f.File.Pin).Distinct().Count() > 1).ToArray();
        if (clashes is not []) return [.. clashes.Select(g => FetchRules.SameName(g.Key, g.Select(f => f.Recipe).Distinct().Order(StringComparer.Ordinal)))];

        foreach (var file in files) Copy(file.First().File);
        using var mirror = fetcher.MirrorInto(directory);
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var plan in plans)
            foreach (var git in plan.Sources.OfType<PinnedGit>())
                if (await mirror.FetchAsync(git, plan.Place, null, cancel) is FetchOutcome.Unavailable { Problem: var problem }) problems.Add(problem);
        if (IsCanonical && problems.Count == 0) await mirror.Git.CanonicalizeAsync(cancel);
        return problems.ToImmutable();
    }

    private void Copy(PinnedFile file)
    {
        var target = Path.Combine(directory, file.Uri.FileName);
        if (File.Exists(target) && Digest.OfFile(target) == file.Pin) return;
        AtomicFile.Write(target, stream =>
        {
            using var content = File.OpenRead(blobs.PathOf(file.Pin));
            content.CopyTo(stream);
        });
    }
}
