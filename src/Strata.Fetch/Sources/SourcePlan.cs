using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>The sources of a recipe in the order of SRC_URI, each with a pin: nothing else is ever fetched in a build.</summary>
public sealed record SourcePlan(string Recipe, SourceSpan Place, ImmutableArray<PinnedSource> Sources)
{
    private static readonly string[] s_downloads = ["https", "http", "ftp", "ftps"];

    private static readonly string[] s_schemes = ["file", "ftp", "ftps", "git", "http", "https"];

    /// <summary>Null when an entry is wrong or unpinned; every problem is reported, not only the first.</summary>
    public static SourcePlan? Create(SourceRequest request, Diagnostics diagnostics)
    {
        var sources = ImmutableArray.CreateBuilder<PinnedSource>();
        var complete = true;
        foreach (var entry in Words(request.SourceUris))
        {
            var pinned = Pin(request, entry, diagnostics);
            if (pinned is null) complete = false;
            else sources.Add(pinned);
        }
        return complete ? new(request.Recipe, request.Place, sources.ToImmutable()) : null;
    }

    /// <summary>
    /// Names of the flags of SRC_URI and of the variables that can pin these entries: what a caller has to read for
    /// <see cref="SourceRequest.Pins"/> and <see cref="SourceRequest.Revisions"/>, and what a task key has to hold.
    /// </summary>
    public static (ImmutableArray<string> Flags, ImmutableArray<string> Variables) PinNames(string sourceUris)
    {
        var (flags, variables) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var entry in Words(sourceUris))
        {
            if (!SourceUri.TryParse(entry, out var uri, out _)) continue;
            if (s_downloads.Contains(uri.Scheme)) flags.Add(PinFlag(uri));
            if (uri.IsGit) variables.UnionWith(RevisionVariables(uri));
        }
        return ([.. flags], [.. variables]);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string PinFlag(SourceUri uri) => uri.Name.Length == 0 ? "sha256sum" : $"{uri.Name}.sha256sum";

    private static string[] RevisionVariables(SourceUri uri) => uri.Name.Length == 0 ? ["SRCREV"] : [$"SRCREV_{uri.Name}", "SRCREV"];

    private static PinnedSource? Pin(SourceRequest request, string entry, Diagnostics diagnostics)
    {
        if (!SourceUri.TryParse(entry, out var uri, out var problem))
        {
            diagnostics.Add(FetchRules.BadUri(request.Place, problem));
            return null;
        }
        if (uri.Scheme is "gitsm")
        {
            // Taking it for git:// would leave the submodules out without a word.
            diagnostics.Add(FetchRules.Submodules(request.Place, uri));
            return null;
        }
        if (uri.Scheme is "file") return FindLocal(request, uri, diagnostics);
        if (uri.IsGit) return PinGit(request, uri, diagnostics);
        if (s_downloads.Contains(uri.Scheme)) return PinFile(request, uri, diagnostics);
        diagnostics.Add(FetchRules.UnknownScheme(request.Place, uri, s_schemes));
        return null;
    }

    private static PinnedFile? PinFile(SourceRequest request, SourceUri uri, Diagnostics diagnostics)
    {
        var flag = PinFlag(uri);
        var text = uri.Parameter(flag) ?? uri.Parameter("sha256sum") ?? request.Pins.GetValueOrDefault(flag);
        if (string.IsNullOrWhiteSpace(text)) diagnostics.Add(FetchRules.MissingDigest(request.Place, uri, flag));
        else if (!Digest.TryParse(text.Trim(), out var pin)) diagnostics.Add(FetchRules.BadDigest(request.Place, uri, flag, text));
        else if (uri.FileName is "" or "." or "..") diagnostics.Add(FetchRules.NoFileName(request.Place, uri));
        else if (uri.FileName.Contains('/')) diagnostics.Add(FetchRules.NoFileName(request.Place, uri));
        else return new(uri, pin);
        return null;
    }

    private static PinnedGit? PinGit(SourceRequest request, SourceUri uri, Diagnostics diagnostics)
    {
        var variables = RevisionVariables(uri);
        var revision = uri.Parameter("rev") ?? variables.Select(v => request.Revisions.GetValueOrDefault(v)).FirstOrDefault(r => !string.IsNullOrWhiteSpace(r));
        revision = revision?.Trim();
        if (revision is null or "INVALID") diagnostics.Add(FetchRules.MissingRevision(request.Place, uri, variables[0]));
        else if (!IsRevision(revision)) diagnostics.Add(FetchRules.MovingRevision(request.Place, uri, variables[0], revision));
        else
        {
            if (uri.Parameter("branch") is null && !uri.Flag("nobranch", otherwise: false)) diagnostics.Add(FetchRules.NoBranch(request.Place, uri));
            return new(uri, revision.ToLowerInvariant());
        }
        return null;
    }

    private static bool IsRevision(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);

    private static LocalFile? FindLocal(SourceRequest request, SourceUri uri, Diagnostics diagnostics)
    {
        var candidates = Path.IsPathRooted(uri.Path) ? [uri.Path] : request.FileSearchPath.Select(d => Path.Combine(d, uri.Path)).ToArray();
        if (candidates.FirstOrDefault(Path.Exists) is { } found) return new(uri, Path.GetFullPath(found));
        diagnostics.Add(FetchRules.LocalFileNotFound(request.Place, uri, request.FileSearchPath));
        return null;
    }
}
