using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// Puts repositories into the download directory as archives, under BitBake's names and with BitBake's content: for a mirror that serves
/// files only, whoever builds from it.
/// </summary>
internal sealed class MirrorTarballs(FetchOptions options)
{
    private readonly GitProgram _git = new(options.Environment);

    /// <param name="mirror">Has the revision.</param>
    /// <param name="places">Where a whole repository can be had.</param>
    /// <returns>Why places did not help, when an archive is wanted and cannot be made.</returns>
    public async Task<ImmutableArray<Refusal>> WriteAsync(PinnedGit source, string mirror, IEnumerable<SourceUri> places, CancellationToken cancel)
    {
        var shallow = options is { Shallow: true, ShallowTarballs: true };
        if (!shallow && (options.Shallow || !options.MirrorTarballs)) return [];
        var target = Path.Combine(options.DownloadDirectory, shallow ? MirrorArchive.ShallowNameOf(source) : MirrorArchive.NameOf(source.Uri));
        if (File.Exists(target)) return [];

        var (scratch, archive) = (AtomicFile.ScratchName(target), AtomicFile.ScratchName(target + ".new"));
        try
        {
            if (shallow) await MakeShallowAsync(source, mirror, scratch, cancel);
            else if (await MakeWholeAsync(source, places, scratch, cancel) is { Length: > 0 } refusals) return refusals;
            await PackAsync(scratch, archive, cancel);
            File.Move(archive, target, overwrite: true);
            return [];
        }
        finally
        {
            FileTree.Delete(scratch);
            File.Delete(archive);
        }
    }

    /// <summary>A repository with a work tree that has not been checked out: BitBake unpacks it where the sources go.</summary>
    private async Task MakeShallowAsync(PinnedGit source, string mirror, string scratch, CancellationToken cancel)
    {
        var repository = Path.Combine(scratch, ".git");
        await _git.RequireAsync(null, ["init", "--quiet", "--template=", $"--object-format={ObjectFormat(source)}", scratch], cancel);
        await _git.RequireAsync(repository, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--depth=1", $"file://{mirror}", GitMirrors.PinnedName(source)], cancel);
        await _git.RequireAsync(repository, ["update-ref", source.NoBranch ? $"refs/shallow/{NameOf(source)}" : $"refs/remotes/origin/{source.Branch}", source.Revision], cancel);
        if (source.Tag is { } tag) await _git.RequireAsync(repository, ["update-ref", $"refs/tags/{tag}", source.Revision], cancel);
        await _git.RequireAsync(repository, ["remote", "add", "origin", source.Uri.Address], cancel);
        if (Directory.Exists(LargeFilesOf(mirror))) await RequireAsync(["cp", "-R", LargeFilesOf(mirror), Directory.CreateDirectory(Path.Combine(repository, "lfs")).FullName], cancel);
    }

    private async Task<ImmutableArray<Refusal>> MakeWholeAsync(PinnedGit source, IEnumerable<SourceUri> places, string scratch, CancellationToken cancel)
    {
        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        await _git.RequireAsync(null, ["init", "--quiet", "--bare", "--template=", $"--object-format={ObjectFormat(source)}", scratch], cancel);
        foreach (var place in places.Where(p => p.IsGit))
        {
            if (options.Forbids(place) is { } reason)
            {
                refusals.Add(new(place.Address, reason));
                continue;
            }
            var asking = new GitProgram(options.Environment, source.Secrets);
            var fetch = await asking.RunAsync(scratch, ["fetch", "--quiet", "--no-write-fetch-head", place.AddressWithPassword, "+refs/*:refs/*"], cancel);
            if (fetch.Succeeded) return [];
            refusals.Add(new(place.Address, GitProgram.LastLine(fetch.Error), MissingSecret: source.Secrets.MissingFor(fetch.Error)));
        }
        return refusals.ToImmutable();
    }

    private static Task PackAsync(string directory, string archive, CancellationToken cancel) =>
        RequireAsync(["tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "--use-compress-program=gzip -n", "--directory", directory, "--create", "--file", archive, "."], cancel);

    private static string LargeFilesOf(string mirror) => Path.Combine(mirror, "lfs", "objects");

    private static string NameOf(PinnedGit source) => source.Uri.Name.Length == 0 ? "default" : source.Uri.Name;

    private static string ObjectFormat(PinnedGit source) => GitMirrors.ObjectFormat(source.Revision.Length);

    private static async Task RequireAsync(ImmutableArray<string> command, CancellationToken cancel)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = command }, cancel);
        if (!outcome.Succeeded) throw new IOException($"{string.Join(' ', command)}: {outcome.Error.Trim()}");
    }
}
