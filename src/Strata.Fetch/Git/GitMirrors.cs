using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// Bare repositories under <c>git/</c> of the download directory, one per upstream. They hold the pinned commits, not the history:
/// a revision is fetched alone where the server allows it.
/// </summary>
public sealed class GitMirrors(FetchOptions options)
{
    private readonly GitProgram _git = new(options.Environment);
    private readonly string _root = Path.Combine(options.DownloadDirectory, "git");

    /// <summary>Host and path with dots, as BitBake names its clones.</summary>
    public static string NameOf(SourceUri uri) =>
        (uri.Host.Replace(':', '.') + uri.Path.TrimEnd('/').Replace('/', '.').Replace('*', '.').Replace(' ', '_')).TrimStart('.');

    /// <summary>Brings the revision into its mirror and checks that it is on its branch and under its tag.</summary>
    internal async Task<ArchiveAnswer> FetchAsync(PinnedGit source, ImmutableArray<SourceUri> places, Action<string>? progress, CancellationToken cancel)
    {
        var mirror = MirrorOf(source);
        using var held = await FileLock.TakeAsync(mirror + ".lock", cancel);
        if (await HasAsync(mirror, Accepted(source), cancel)) return new(null, []);

        await MakeAsync(mirror, cancel);
        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        foreach (var place in places)
        {
            progress?.Invoke(place.Address);
            var reason = options.NoNetwork && !IsLocal(place) ? "not asked, the network is off" : await TryAsync(source, place, mirror, cancel);
            if (reason is null)
            {
                await RequireAsync(mirror, ["update-ref", Accepted(source), source.Revision], cancel);
                return new(place.Address, refusals.ToImmutable());
            }
            refusals.Add(new(place.Address, reason));
        }
        return new(null, refusals.ToImmutable());
    }

    /// <summary>What a branch, tag or HEAD is at upstream now, for those who write pins. Null when the place has no such name.</summary>
    /// <exception cref="SourceException">The repository cannot be asked.</exception>
    public async Task<string?> ResolveAsync(SourceUri uri, string name, CancellationToken cancel)
    {
        var found = await AskAsync(uri, [name, name + "^{}"], cancel);
        if (found.Refs is null) throw new SourceException(FetchRules.CannotAsk(uri, found.Problem));
        return found.Refs.GetValueOrDefault($"refs/tags/{name}^{{}}") ?? found.Refs.GetValueOrDefault($"refs/tags/{name}")
            ?? found.Refs.GetValueOrDefault($"refs/heads/{name}") ?? found.Refs.GetValueOrDefault(name);
    }

    /// <summary>Streams the tree of the revision as a tar. The commit's own export rules are ignored: everything it holds comes out.</summary>
    /// <exception cref="SourceException">The revision is not in its mirror.</exception>
    internal async Task<DateTimeOffset> ExportAsync(PinnedGit source, Action<Stream, DateTimeOffset> read, CancellationToken cancel)
    {
        var mirror = MirrorOf(source);
        var time = await _git.RunAsync(mirror, ["show", "-s", "--format=%ct", source.Revision], cancel);
        if (!time.Succeeded) throw new SourceException(FetchRules.NotFetched(source));

        var committed = DateTimeOffset.FromUnixTimeSeconds(long.Parse(time.Output.AsSpan().Trim(), System.Globalization.CultureInfo.InvariantCulture));
        string[] path = source.Uri.Parameter("subpath") is { Length: > 0 } subpath ? ["--", subpath.Trim('/')] : [];
        var outcome = await _git.RunAsync(mirror, ["archive", "--format=tar", source.Revision, .. path], cancel, tar => read(tar, committed));
        if (!outcome.Succeeded) throw new SourceException(FetchRules.CannotUnpack(source.Uri.Address, LastLine(outcome.Error)));
        return committed;
    }

    internal string MirrorOf(PinnedGit source) => Path.Combine(_root, NameOf(source.Uri));

    private static bool IsLocal(SourceUri place) => place.Address.StartsWith("file://", StringComparison.Ordinal);

    /// <summary>The reference that says: this revision is here, whole, and was found on this branch and tag.</summary>
    private static string Accepted(PinnedGit source) =>
        $"refs/strata/accepted/{source.Revision}-{Digest.Of($"{(source.NoBranch ? "" : source.Branch)}\n{source.Tag}").Hex[..12]}";

    private async Task<bool> HasAsync(string mirror, string reference, CancellationToken cancel) =>
        Directory.Exists(mirror) && (await _git.RunAsync(mirror, ["rev-parse", "--verify", "--quiet", reference], cancel)).Succeeded;

    private async Task MakeAsync(string mirror, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(mirror, "HEAD"))) await RequireAsync(null, ["init", "--quiet", "--bare", "--template=", mirror], cancel);
        var attributes = Path.Combine(mirror, "info", "attributes");
        if (!File.Exists(attributes)) AtomicFile.WriteAllText(attributes, "* -export-ignore -export-subst\n");
    }

    private async Task<string?> TryAsync(PinnedGit source, SourceUri place, string mirror, CancellationToken cancel)
    {
        string[] tags = source.Tag is { } tag ? [$"refs/tags/{tag}", $"refs/tags/{tag}^{{}}"] : [];
        var asked = await AskAsync(place, [$"refs/heads/{source.Branch}", .. tags], cancel);
        if (asked.Refs is not { } names) return asked.Problem;
        if (!source.NoBranch && !names.ContainsKey($"refs/heads/{source.Branch}")) return $"has no branch '{source.Branch}'";
        if (WrongTag(source, names) is { } wrong) return wrong;

        var pinned = $"refs/strata/pinned/{source.Revision}";
        var alone = await FetchAsync(mirror, place, ["--depth=1", $"+{source.Revision}:{pinned}"], cancel);
        if (!alone.Succeeded) return await FetchWholeAsync(source, place, mirror, pinned, alone, cancel);
        if (source.NoBranch || names[$"refs/heads/{source.Branch}"] == source.Revision) return null;
        return await CheckBranchAsync(source, place, mirror, cancel);
    }

    private static string? WrongTag(PinnedGit source, ImmutableSortedDictionary<string, string> names)
    {
        if (source.Tag is not { } tag) return null;
        var actual = names.GetValueOrDefault($"refs/tags/{tag}^{{}}") ?? names.GetValueOrDefault($"refs/tags/{tag}");
        if (actual is null) return $"has no tag '{tag}'";
        return actual == source.Revision ? null : $"tag '{tag}' is {actual} there, not the pinned {source.Revision}";
    }

    private static string NotOnBranch(PinnedGit source) =>
        $"has revision {source.Revision}, but not on branch '{source.Branch}'; correct ;branch=, or add ;nobranch=1 if that is on purpose";

    /// <summary>For servers that give no single commits (old protocol, plain files): the whole branch, or everything.</summary>
    private async Task<string?> FetchWholeAsync(
        PinnedGit source, SourceUri place, string mirror, string pinned, ProcessOutcome alone, CancellationToken cancel)
    {
        var tip = $"refs/strata/branch/{source.Branch}";
        var whole = await FetchAsync(mirror, place, [source.NoBranch ? "+refs/*:refs/strata/all/*" : $"+refs/heads/{source.Branch}:{tip}"], cancel);
        if (!whole.Succeeded) return LastLine(whole.Error);
        if (!(await _git.RunAsync(mirror, ["cat-file", "-e", source.Revision + "^{commit}"], cancel)).Succeeded)
            return $"does not have revision {source.Revision} ({LastLine(alone.Error)})";
        if (!source.NoBranch && !await IsAncestorAsync(mirror, source.Revision, tip, cancel)) return NotOnBranch(source);
        await RequireAsync(mirror, ["update-ref", pinned, source.Revision], cancel);
        return null;
    }

    /// <summary>
    /// Looks at the commits between the revision and the tip in a repository that is thrown away: they come without files where the
    /// server can leave them out, and such a repository must never be taken for a mirror.
    /// </summary>
    private async Task<string?> CheckBranchAsync(PinnedGit source, SourceUri place, string mirror, CancellationToken cancel)
    {
        var scratch = AtomicFile.ScratchName(mirror);
        try
        {
            await RequireAsync(null, ["init", "--quiet", "--bare", "--template=", scratch], cancel);
            await RequireAsync(scratch, ["remote", "add", "origin", place.AddressWithPassword], cancel);
            foreach (var part in new[] { new[] { "--depth=1", source.Revision }, [$"+refs/heads/{source.Branch}:refs/heads/tip"] })
            {
                var fetch = await _git.RunAsync(scratch, ["fetch", "--quiet", "--no-tags", "--filter=tree:0", .. part[..^1], "origin", part[^1]], cancel);
                if (!fetch.Succeeded) return LastLine(fetch.Error);
            }
            return await IsAncestorAsync(scratch, source.Revision, "refs/heads/tip", cancel) ? null : NotOnBranch(source);
        }
        finally
        {
            FileTree.Delete(scratch);
        }
    }

    private async Task<bool> IsAncestorAsync(string mirror, string revision, string tip, CancellationToken cancel) =>
        (await _git.RunAsync(mirror, ["merge-base", "--is-ancestor", revision, tip], cancel)).Succeeded;

    private Task<ProcessOutcome> FetchAsync(string mirror, SourceUri place, string[] what, CancellationToken cancel) =>
        _git.RunAsync(mirror, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", .. what[..^1], place.AddressWithPassword, what[^1]], cancel);

    private async Task<(ImmutableSortedDictionary<string, string>? Refs, string Problem)> AskAsync(SourceUri place, string[] names, CancellationToken cancel)
    {
        var outcome = await _git.RunAsync(null, ["ls-remote", "--quiet", place.AddressWithPassword, .. names], cancel);
        if (!outcome.Succeeded) return (null, LastLine(outcome.Error));
        var refs = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(p => p.Length == 2)
            .ToImmutableSortedDictionary(p => p[1], p => p[0], StringComparer.Ordinal);
        return (refs, "");
    }

    private async Task RequireAsync(string? repository, ImmutableArray<string> arguments, CancellationToken cancel)
    {
        var outcome = await _git.RunAsync(repository, arguments, cancel);
        if (!outcome.Succeeded) throw new IOException($"git {string.Join(' ', arguments)}: {LastLine(outcome.Error)}");
    }

    /// <summary>What git says last before it gives up; the lines before repeat it in other words.</summary>
    private static string LastLine(string error)
    {
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var told = lines.FirstOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal) || l.StartsWith("error:", StringComparison.Ordinal));
        return (told ?? lines.LastOrDefault() ?? "git failed without a word").Replace("fatal: ", "", StringComparison.Ordinal);
    }
}
