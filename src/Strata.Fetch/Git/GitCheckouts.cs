using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// Work trees of pinned commits, made from the shared mirrors. A new one is made aside and renamed into place; one that is there is
/// changed behind a mark, so that what was interrupted is recognised and done again.
/// </summary>
public sealed class GitCheckouts(FetchOptions options)
{
    private const string UnfinishedMark = "strata-unfinished";

    /// <summary>The commit with the patches depends on nothing but its base and them.</summary>
    private static readonly KeyValuePair<string, string>[] s_identity =
    [
        new("GIT_AUTHOR_NAME", "strata"), new("GIT_AUTHOR_EMAIL", "strata@localhost"), new("GIT_AUTHOR_DATE", "2000-01-01T00:00:00Z"),
        new("GIT_COMMITTER_NAME", "strata"), new("GIT_COMMITTER_EMAIL", "strata@localhost"), new("GIT_COMMITTER_DATE", "2000-01-01T00:00:00Z"),
    ];

    private readonly GitMirrors _mirrors = new(options);
    private readonly GitProgram _git = new(options.Environment.SetItems(s_identity));

    /// <summary>The commit that a branch, tag or HEAD stands for at upstream now; null when there is no such name.</summary>
    /// <exception cref="SourceException">The repository cannot be asked.</exception>
    public Task<string?> ResolveAsync(SourceUri uri, string name, CancellationToken cancel) => _mirrors.ResolveAsync(uri, name, SourceSecrets.All, cancel);

    /// <summary>Brings the commit into its mirror and checks its branch and tag there; no work tree is touched.</summary>
    /// <exception cref="SourceException">It cannot be had, or is not where it is said to be.</exception>
    public async Task FetchAsync(PinnedGit source, CancellationToken cancel)
    {
        var answer = await _mirrors.FetchAsync(source with { Secrets = SourceSecrets.All }, [source.Uri], null, null, cancel);
        if (answer is { Place: null, Refusals: [_, ..] refusals }) throw new SourceException(FetchRules.Unavailable(default, source, refusals));
    }

    public async Task<CheckoutState> StateAsync(string path, CancellationToken cancel)
    {
        if (!Path.Exists(path) || (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())) return new CheckoutState.Absent();
        if (!Path.Exists(Path.Combine(path, ".git"))) return new CheckoutState.Foreign();
        if (File.Exists(MarkOf(path))) return new CheckoutState.Unfinished();
        var head = await RunAsync(path, ["rev-parse", "--verify", "--quiet", "HEAD"], cancel);
        var status = await RequireAsync(path, ["status", "--porcelain"], cancel);
        return new CheckoutState.Present(head.Output.Trim(), CheckoutRecord.Read(path), status.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>Makes the work tree, or brings it to the commit; changes that were not committed are discarded.</summary>
    /// <remarks>The source must have been fetched.</remarks>
    /// <exception cref="PatchRefusedException">A patch does not apply.</exception>
    public async Task PlaceAsync(CheckoutRequest request, CancellationToken cancel)
    {
        if (Directory.Exists(Path.Combine(request.Path, ".git"))) await ChangeAsync(request, cancel);
        else await MakeAsync(request, cancel);
    }

    private async Task MakeAsync(CheckoutRequest request, CancellationToken cancel)
    {
        var scratch = AtomicFile.ScratchName(request.Path);
        Directory.CreateDirectory(scratch);
        try
        {
            await RequireAsync(scratch, ["init", "--quiet", "--template="], cancel);
            await RequireAsync(scratch, ["remote", "add", "origin", request.Source.Uri.Address], cancel);
            await FillAsync(request, scratch, cancel);
            if (Directory.Exists(request.Path)) Directory.Delete(request.Path);
            Directory.Move(scratch, request.Path);
        }
        finally
        {
            FileTree.Delete(scratch);
        }
    }

    private async Task ChangeAsync(CheckoutRequest request, CancellationToken cancel)
    {
        var path = request.Path;
        if (!File.Exists(MarkOf(path)))
        {
            var before = await RunAsync(path, ["rev-parse", "--verify", "--quiet", "HEAD"], cancel);
            AtomicFile.WriteAllText(MarkOf(path), before.Output.Trim() + "\n");
        }
        try
        {
            await DiscardAsync(path, cancel);
            await RequireAsync(path, ["config", "remote.origin.url", request.Source.Uri.Address], cancel);
            await FillAsync(request, path, cancel);
            File.Delete(MarkOf(path));
        }
        catch (PatchRefusedException)
        {
            await UndoAsync(path, cancel);
            throw;
        }
    }

    private async Task UndoAsync(string path, CancellationToken cancel)
    {
        var before = (await File.ReadAllTextAsync(MarkOf(path), cancel)).Trim();
        await DiscardAsync(path, cancel);
        if (before.Length > 0) await RequireAsync(path, ["checkout", "--quiet", "--detach", before], cancel);
        File.Delete(MarkOf(path));
    }

    private async Task DiscardAsync(string path, CancellationToken cancel)
    {
        // Left by a git that was killed; no other one works here while the mark stands.
        File.Delete(Path.Combine(path, ".git", "index.lock"));
        await RequireAsync(path, ["reset", "--quiet", "--hard"], cancel);
        await RequireAsync(path, ["clean", "--quiet", "-d", "--force"], cancel);
    }

    private async Task FillAsync(CheckoutRequest request, string path, CancellationToken cancel)
    {
        var revision = request.Source.Revision;
        if (!(await RunAsync(path, ["cat-file", "-e", $"{revision}^{{tree}}"], cancel)).Succeeded)
            await RequireAsync(path, ["fetch", "--quiet", "--no-tags", "--update-shallow", _mirrors.MirrorOf(request.Source), $"+refs/strata/pinned/{revision}:refs/strata/base"], cancel);
        await RequireAsync(path, ["checkout", "--quiet", "--force", "--detach", revision], cancel);
        foreach (var patch in request.Patches) await ApplyAsync(path, patch, cancel);
        var head = (await RequireAsync(path, ["rev-parse", "HEAD"], cancel)).Trim();
        new CheckoutRecord(request.Asked, revision, head, request.PatchDigest).Write(path);
    }

    private async Task ApplyAsync(string path, string patch, CancellationToken cancel)
    {
        var outcome = await RunAsync(path, ["apply", "--index", "--whitespace=nowarn", patch], cancel);
        if (!outcome.Succeeded) throw new PatchRefusedException(patch, outcome.Error.Trim().Replace("\n", "; ", StringComparison.Ordinal));
        await RequireAsync(path, ["-c", "commit.gpgSign=false", "commit", "--quiet", "--no-verify", "--allow-empty", "--message", Path.GetFileName(patch)], cancel);
    }

    private static string MarkOf(string path) => Path.Combine(path, ".git", UnfinishedMark);

    private Task<ProcessOutcome> RunAsync(string path, ImmutableArray<string> arguments, CancellationToken cancel) => _git.RunAsync(null, ["-C", path, .. arguments], cancel);

    private async Task<string> RequireAsync(string path, ImmutableArray<string> arguments, CancellationToken cancel)
    {
        var outcome = await RunAsync(path, arguments, cancel);
        return outcome.Succeeded ? outcome.Output : throw new IOException($"git {string.Join(' ', arguments)} in {path}: {outcome.Error.Trim()}");
    }
}
