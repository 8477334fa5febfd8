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

    /// <summary>What a mirror needs.</summary>
    private static readonly string[] s_canonical = ["HEAD", "config", "info", "lfs", "objects", "packed-refs", "refs", "shallow"];

    /// <summary>Host and path with dots, as BitBake names its clones.</summary>
    public static string NameOf(SourceUri uri) =>
        (uri.Host.Replace(':', '.') + uri.Path.TrimEnd('/').Replace('/', '.').Replace('*', '.').Replace(' ', '_').Replace('(', '_').Replace(')', '_')).TrimStart('.');

    /// <summary>Brings the revision into its mirror and checks that it is on its branch and under its tag.</summary>
    /// <param name="unpackArchive">Unpacks what a place for files has into a directory, or says why it cannot; null where only repositories are asked.</param>
    internal async Task<ArchiveAnswer> FetchAsync(
        PinnedGit source, ImmutableArray<SourceUri> places, Action<string>? progress, Func<SourceUri, string, Task<string?>>? unpackArchive, CancellationToken cancel)
    {
        var mirror = MirrorOf(source);
        using var held = await FileLock.TakeAsync(mirror + ".lock", cancel);
        if (await HasAsync(mirror, Accepted(source), cancel)) return new(null, []);

        await MakeAsync(mirror, source.Revision.Length, cancel);
        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        foreach (var place in places)
        {
            progress?.Invoke(place.Address);
            var reason = options.Forbids(place)
                ?? (place.IsGit || unpackArchive is null ? await TryWithFilesAsync(source, place, mirror, cancel) : await TryArchiveAsync(source, place, mirror, unpackArchive, cancel));
            if (reason is null)
            {
                await _git.RequireAsync(mirror, ["update-ref", Accepted(source), source.Revision], cancel);
                return new(place.Address, refusals.ToImmutable());
            }
            refusals.Add(new(place.Address, reason, MissingSecret: source.Secrets.MissingFor(reason)));
        }
        return new(null, refusals.ToImmutable());
    }

    /// <summary>What a branch, tag or HEAD is at upstream now, for those who write pins. Null when the place has no such name.</summary>
    /// <exception cref="SourceException">The repository cannot be asked.</exception>
    public async Task<string?> ResolveAsync(SourceUri uri, string name, SourceSecrets secrets, CancellationToken cancel)
    {
        var found = await AskAsync(uri, secrets, [name, name + "^{}"], cancel);
        if (found.Refs is not { } names) throw new SourceException(FetchRules.CannotAsk(uri, found.Problem, secrets.MissingFor(found.Problem)));
        string[] meanings = [$"refs/tags/{name}^{{}}", $"refs/tags/{name}", $"refs/heads/{name}", name + "^{}", name];
        return meanings.Select(names.GetValueOrDefault).FirstOrDefault(commit => commit is not null);
    }

    /// <summary>HEAD, branches and tags of a repository by their full names, with the commits they are at upstream now; a signed tag as <c>refs/tags/NAME^{}</c> too.</summary>
    /// <exception cref="SourceException">The repository cannot be asked.</exception>
    public async Task<ImmutableSortedDictionary<string, string>> ReferencesAsync(SourceUri uri, CancellationToken cancel)
    {
        var found = await AskAsync(uri, SourceSecrets.All, ["HEAD", "refs/heads/*", "refs/tags/*"], cancel);
        return found.Refs ?? throw new SourceException(FetchRules.CannotAsk(uri, found.Problem, null));
    }

    /// <summary>Streams the tree of the revision as a tar. The commit's own export rules are ignored: everything it holds comes out.</summary>
    /// <exception cref="SourceException">The revision is not in its mirror.</exception>
    internal async Task<DateTimeOffset> ExportAsync(PinnedGit source, Action<Stream, DateTimeOffset, LfsObjects?> read, CancellationToken cancel)
    {
        var mirror = MirrorOf(source);
        var time = await _git.RunAsync(mirror, ["show", "-s", "--format=%ct", source.Revision], cancel);
        if (!time.Succeeded) throw new SourceException(FetchRules.NotFetched(source));

        var committed = DateTimeOffset.FromUnixTimeSeconds(long.Parse(time.Output.AsSpan().Trim(), System.Globalization.CultureInfo.InvariantCulture));
        string[] path = source.Uri.Parameter("subpath") is { Length: > 0 } subpath ? ["--", subpath.Trim('/')] : [];
        var large = source.WantsLargeFiles ? new LfsObjects(mirror, source) : null;
        var outcome = await _git.RunAsync(mirror, ["archive", "--format=tar", source.Revision, .. path], cancel, tar => read(tar, committed, large));
        if (!outcome.Succeeded) throw new SourceException(FetchRules.CannotUnpack(source.Uri.Address, GitProgram.LastLine(outcome.Error)));
        return committed;
    }

    /// <summary>The repositories inside a fetched revision, in the order of its tree; none unless the recipe says <c>gitsm://</c>.</summary>
    /// <exception cref="SourceException">The revision is not in its mirror, or a submodule has no usable address.</exception>
    internal async Task<ImmutableArray<Submodule>> SubmodulesAsync(PinnedGit source, CancellationToken cancel)
    {
        if (!source.HasSubmodules) return [];
        var mirror = MirrorOf(source);
        var tree = await _git.RunAsync(mirror, ["ls-tree", "-r", "-z", "--full-tree", source.Revision], cancel);
        if (!tree.Succeeded) throw new SourceException(FetchRules.NotFetched(source));
        var settings = await _git.RunAsync(mirror, ["config", "--blob", $"{source.Revision}:.gitmodules", "--null", "--list"], cancel);
        return SubmoduleList.Read(source, tree.Output, settings.Succeeded ? settings.Output : "");
    }

    /// <summary>The tag itself, which holds a signature where its commit has none.</summary>
    /// <returns>The name of a reference in the mirror.</returns>
    /// <exception cref="SourceException">It cannot be had, or names another commit than the pinned one.</exception>
    internal async Task<string> FetchTagAsync(PinnedGit source, CancellationToken cancel)
    {
        var (mirror, local) = (MirrorOf(source), $"refs/strata/tags/{source.Tag}");
        using var held = await FileLock.TakeAsync(mirror + ".lock", cancel);
        if (await IsPinnedAsync()) return local;
        if (options.Forbids(source.Uri) is { } forbidden) throw new SourceException(FetchRules.Unavailable(default, source, [new(source.Uri.Address, forbidden)]));
        var fetch = await FetchAsync(mirror, source.Uri, source.Secrets, ["--depth=1", $"+refs/tags/{source.Tag}:{local}"], cancel);
        if (fetch.Succeeded && await IsPinnedAsync()) return local;
        throw new SourceException(FetchRules.Unavailable(default, source, [new(source.Uri.Address, fetch.Succeeded ? $"tag '{source.Tag}' has moved" : GitProgram.LastLine(fetch.Error))]));

        async Task<bool> IsPinnedAsync() =>
            (await _git.RunAsync(mirror, ["rev-parse", "--verify", "--quiet", local + "^{commit}"], cancel)).Output.Trim() == source.Revision;
    }

    /// <summary>Makes the files of all mirrors depend on nothing but the commits in them, and on the version of git.</summary>
    internal async Task CanonicalizeAsync(CancellationToken cancel)
    {
        foreach (var mirror in Directory.Exists(_root) ? Directory.GetDirectories(_root) : [])
        {
            await _git.RequireAsync(mirror, ["-c", "pack.threads=1", "-c", "pack.writeReverseIndex=false", "-c", "repack.writeBitmaps=false", "-c", "core.compression=6", "repack", "-a", "-d", "-F", "-n", "--quiet"], cancel);
            await _git.RequireAsync(mirror, ["pack-refs", "--all"], cancel);
            foreach (var path in Directory.EnumerateFileSystemEntries(mirror).Where(p => !s_canonical.Contains(Path.GetFileName(p)))) FileTree.Delete(path);
            FileTree.Delete(Path.Combine(mirror, "refs"));
            FileTree.Delete(Path.Combine(mirror, "objects", "info"));
            FileTree.Delete(Path.Combine(mirror, "lfs", "tmp"));
            Directory.CreateDirectory(Path.Combine(mirror, "refs"));
            File.WriteAllText(Path.Combine(mirror, "HEAD"), "ref: refs/heads/master\n");
            var shallow = Path.Combine(mirror, "shallow");
            if (File.Exists(shallow)) File.WriteAllLines(shallow, File.ReadAllLines(shallow).Order(StringComparer.Ordinal));
            File.Delete(mirror + ".lock");
        }
    }

    internal string MirrorOf(PinnedGit source) => Path.Combine(_root, NameOf(source.Uri));

    /// <summary>The reference that says: this revision is here, with its large files if they are wanted, and was found on this branch and tag.</summary>
    private static string Accepted(PinnedGit source) =>
        $"refs/strata/accepted/{source.Revision}-{Digest.Of($"{(source.NoBranch ? "" : source.Branch)}\n{source.Tag}{(source.WantsLargeFiles ? "" : "\nlfs=0")}").Hex[..12]}";

    private async Task<bool> HasAsync(string mirror, string reference, CancellationToken cancel) =>
        Directory.Exists(mirror) && (await _git.RunAsync(mirror, ["rev-parse", "--verify", "--quiet", reference], cancel)).Succeeded;

    private async Task MakeAsync(string mirror, int revisionLength, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(mirror, "HEAD"))) await InitializeAsync(mirror, revisionLength, cancel);
        var attributes = Path.Combine(mirror, "info", "attributes");
        if (!File.Exists(attributes)) AtomicFile.WriteAllText(attributes, "* -export-ignore -export-subst\n");
    }

    /// <summary>The hash by which a repository names its commits.</summary>
    internal static string ObjectFormat(int revisionLength) => revisionLength == 64 ? "sha256" : "sha1";

    /// <summary>A repository names its commits by SHA-1 or by SHA-256, and holds no others.</summary>
    private Task InitializeAsync(string repository, int revisionLength, CancellationToken cancel) =>
        _git.RequireAsync(null, ["init", "--quiet", "--bare", "--template=", $"--object-format={ObjectFormat(revisionLength)}", repository], cancel);

    /// <summary>Fetches what the files of the revision only point to. Null when there is nothing to fetch or all of it came.</summary>
    private async Task<string?> FetchLargeFilesAsync(PinnedGit source, SourceUri place, string mirror, CancellationToken cancel)
    {
        if (!source.WantsLargeFiles) return null;
        var marked = await _git.RunAsync(mirror, ["grep", "--quiet", "-e", "filter=lfs", source.Revision, "--", ".gitattributes", ":(glob)**/.gitattributes"], cancel);
        if (!marked.Succeeded) return null;
        if (!(await _git.RunAsync(null, ["lfs", "version"], cancel)).Succeeded)
            throw new SourceException(FetchRules.ToolMissing("git-lfs", $"for the large files of {source.Uri.Address} (or add ;lfs=0 to build with the pointers to them)"));
        var fetch = await PatientlyAsync(source.Secrets, mirror, ["lfs", "fetch", place.AddressWithPassword, source.Revision], cancel);
        return fetch.Succeeded ? null : $"does not give its large files: {GitProgram.LastLine(fetch.Error)}";
    }

    private async Task<string?> TryWithFilesAsync(PinnedGit source, SourceUri place, string mirror, CancellationToken cancel) =>
        await TryAsync(source, place, mirror, cancel) ?? await FetchLargeFilesAsync(source, place, mirror, cancel);

    /// <summary>Unpacks the archive of a repository aside and fetches from there: what is pinned and where it must be is looked at as with any other place.</summary>
    private async Task<string?> TryArchiveAsync(
        PinnedGit source, SourceUri place, string mirror, Func<SourceUri, string, Task<string?>> unpackArchive, CancellationToken cancel)
    {
        var (unpacked, repository) = (AtomicFile.ScratchName(mirror), AtomicFile.ScratchName(mirror));
        try
        {
            if (await unpackArchive(place, unpacked) is { } reason) return reason;
            await InitializeAsync(repository, source.Revision.Length, cancel);
            if (!MirrorArchive.TryAdopt(unpacked, repository)) return "holds no git repository";
            // A clone with a work tree keeps the branches of its upstream there.
            _ = await _git.RunAsync(repository, ["fetch", "--quiet", "--no-write-fetch-head", repository, "refs/remotes/origin/*:refs/heads/*"], cancel);
            return await TryWithFilesAsync(source, new() { Scheme = "git", Host = "", Path = repository, Parameters = source.Uri.Parameters.SetItem("protocol", "file") }, mirror, cancel);
        }
        finally
        {
            FileTree.Delete(unpacked);
            FileTree.Delete(repository);
        }
    }

    private async Task<string?> TryAsync(PinnedGit source, SourceUri place, string mirror, CancellationToken cancel)
    {
        string[] tags = source.Tag is { } tag ? [$"refs/tags/{tag}", $"refs/tags/{tag}^{{}}"] : [];
        var accepted = Accepted(source);
        var asked = await AskAsync(place, source.Secrets, [$"refs/heads/{source.Branch}", accepted, .. tags], cancel);
        if (asked.Refs is not { } names) return asked.Problem;

        // An offline mirror that Strata made has no branches: it says itself that upstream had the revision on this branch and tag.
        if (place.Address != source.Uri.Address && names.GetValueOrDefault(accepted) == source.Revision)
            return await FetchAsync(mirror, place, source.Secrets, ["--depth=1", $"+{accepted}:{PinnedName(source)}"], cancel) is { Succeeded: false } failed ? GitProgram.LastLine(failed.Error) : null;
        if (!source.NoBranch && !names.ContainsKey($"refs/heads/{source.Branch}")) return $"has no branch '{source.Branch}'";
        if (WrongTag(source, names) is { } wrong) return wrong;

        var pinned = PinnedName(source);
        var alone = await FetchAsync(mirror, place, source.Secrets, ["--depth=1", $"+{source.Revision}:{pinned}"], cancel);
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

    internal static string PinnedName(PinnedGit source) => $"refs/strata/pinned/{source.Revision}";

    private static string NotOnBranch(PinnedGit source) =>
        $"has revision {source.Revision}, but not on branch '{source.Branch}'; correct ;branch=, or add ;nobranch=1 if that is on purpose";

    /// <summary>For servers that give no single commits (old protocol, plain files): the whole branch, or everything.</summary>
    private async Task<string?> FetchWholeAsync(
        PinnedGit source, SourceUri place, string mirror, string pinned, ProcessOutcome alone, CancellationToken cancel)
    {
        var tip = $"refs/strata/branch/{source.Branch}";
        var whole = await FetchAsync(mirror, place, source.Secrets, [source.NoBranch ? "+refs/*:refs/strata/all/*" : $"+refs/heads/{source.Branch}:{tip}"], cancel);
        if (!whole.Succeeded) return GitProgram.LastLine(whole.Error);
        if (!(await _git.RunAsync(mirror, ["cat-file", "-e", source.Revision + "^{commit}"], cancel)).Succeeded)
            return $"does not have revision {source.Revision}{(source.NoBranch ? "" : $" on branch '{source.Branch}'")} ({GitProgram.LastLine(alone.Error)})";
        if (!source.NoBranch && !await IsAncestorAsync(mirror, source.Revision, tip, cancel)) return NotOnBranch(source);
        await _git.RequireAsync(mirror, ["update-ref", pinned, source.Revision], cancel);
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
            await InitializeAsync(scratch, source.Revision.Length, cancel);
            await _git.RequireAsync(scratch, ["remote", "add", "origin", place.AddressWithPassword], cancel);
            foreach (var part in new[] { new[] { "--depth=1", source.Revision }, [$"+refs/heads/{source.Branch}:refs/heads/tip"] })
            {
                var fetch = await PatientlyAsync(source.Secrets, scratch, ["fetch", "--quiet", "--no-tags", "--filter=tree:0", .. part[..^1], "origin", part[^1]], cancel);
                if (!fetch.Succeeded) return GitProgram.LastLine(fetch.Error);
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

    /// <summary>Git for what leaves this machine.</summary>
    /// <param name="repository">Takes what comes; null when nothing is kept.</param>
    private Task<ProcessOutcome> PatientlyAsync(SourceSecrets secrets, string? repository, ImmutableArray<string> arguments, CancellationToken cancel)
    {
        var git = secrets == SourceSecrets.All ? _git : new(options.Environment, secrets);
        return GitPatience.RunAsync(stop => git.RunAsync(repository, arguments, stop), repository is null ? null : () => GitPatience.SizeOf(repository), options.GitIdleTimeout, cancel);
    }

    private Task<ProcessOutcome> FetchAsync(string mirror, SourceUri place, SourceSecrets secrets, string[] what, CancellationToken cancel) =>
        PatientlyAsync(secrets, mirror, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", .. what[..^1], place.AddressWithPassword, what[^1]], cancel);

    private async Task<(ImmutableSortedDictionary<string, string>? Refs, string Problem)> AskAsync(SourceUri place, SourceSecrets secrets, string[] names, CancellationToken cancel)
    {
        var outcome = await PatientlyAsync(secrets, null, ["ls-remote", "--quiet", place.AddressWithPassword, .. names], cancel);
        if (!outcome.Succeeded) return (null, GitProgram.LastLine(outcome.Error));
        var refs = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(p => p.Length == 2)
            .ToImmutableSortedDictionary(p => p[1], p => p[0], StringComparer.Ordinal);
        return (refs, "");
    }
}
