using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>The sources of a recipe in the order of SRC_URI, each with a pin: nothing else is ever fetched in a build.</summary>
public sealed record SourcePlan(string Recipe, SourceSpan Place, ImmutableArray<PinnedSource> Sources)
{
    private static readonly string[] s_downloads = ["https", "http", "ftp", "ftps"];

    private static readonly string[] s_schemes = ["file", "ftp", "ftps", "git", "gitsm", "http", "https", .. LanguageRegistry.Schemes];

    /// <summary>Null when an entry is wrong or unpinned; every problem is reported, not only the first.</summary>
    public static SourcePlan? Create(SourceRequest request, Diagnostics diagnostics)
    {
        var sources = ImmutableArray.CreateBuilder<PinnedSource>();
        var complete = true;
        if (request.DevelopmentDirectory.Length > 0) return Develop(request, diagnostics);
        foreach (var entry in Words(request.SourceUris))
        {
            var pinned = Pin(request, entry, diagnostics);
            if (pinned is null) complete = false;
            else sources.Add(pinned);
        }
        return complete ? new(request.Recipe, request.Place, sources.ToImmutable()) : null;
    }

    /// <summary>The entries that nothing pins, in the order of SRC_URI: what a lock file can add.</summary>
    public static ImmutableArray<OpenSource> OpenSources(SourceRequest request) => request.DevelopmentDirectory.Length > 0
        ? []
        : [.. Words(request.SourceUris).Select(entry => TryParse(entry, out var uri, out _) ? Open(request, uri) : null).OfType<OpenSource>()];

    /// <summary>The entries that have a pin and have to be fetched, in the order of SRC_URI; what is wrong with the others is left to <see cref="Create"/>.</summary>
    public static ImmutableArray<PinnedSource> PinnedSources(SourceRequest request) => request.DevelopmentDirectory.Length > 0
        ? []
        : [.. Words(request.SourceUris).Select(entry => Pin(request, entry, new())).Where(source => source is PinnedFile or PinnedGit).OfType<PinnedSource>()];

    /// <summary>
    /// Names of the flags of SRC_URI and of the variables that can pin these entries: what a caller has to read for
    /// <see cref="SourceRequest.Pins"/> and <see cref="SourceRequest.Revisions"/>, and what a task key has to hold.
    /// </summary>
    public static (ImmutableArray<string> Flags, ImmutableArray<string> Variables) PinNames(string sourceUris)
    {
        var (flags, variables) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var entry in Words(sourceUris))
        {
            if (!TryParse(entry, out var uri, out _)) continue;
            if (s_downloads.Contains(uri.Scheme)) flags.Add(PinFlag(uri));
            if (uri.IsGit) variables.UnionWith(RevisionVariables(uri));
        }
        return ([.. flags], [.. variables]);
    }

    private static SourcePlan? Develop(SourceRequest request, Diagnostics diagnostics)
    {
        var directory = request.DevelopmentDirectory;
        if (Path.IsPathRooted(directory) && Directory.Exists(directory))
            return new(request.Recipe, request.Place, [new DevelopmentTree(new() { Scheme = "file", Host = "", Path = directory }, Path.GetFullPath(directory), request.SourceDirectory)]);
        diagnostics.Add(FetchRules.NoDevelopmentDirectory(request.Place, request.Recipe, directory));
        return null;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string PinFlag(SourceUri uri) => uri.Name.Length == 0 ? "sha256sum" : $"{uri.Name}.sha256sum";

    private static string[] RevisionVariables(SourceUri uri) => uri.Name.Length == 0 ? ["SRCREV"] : [$"SRCREV_{uri.Name}", "SRCREV"];

    private static PinnedSource? Pin(SourceRequest request, string entry, Diagnostics diagnostics)
    {
        if (!TryParse(entry, out var uri, out var problem))
        {
            diagnostics.Add(FetchRules.BadUri(request.Place, problem));
            return null;
        }
        if (uri.Scheme is "file") return FindLocal(request, uri, diagnostics);
        if (uri.IsGit) return PinGit(request, uri, diagnostics);
        if (s_downloads.Contains(uri.Scheme)) return PinFile(request, uri, diagnostics);
        diagnostics.Add(FetchRules.UnknownScheme(request.Place, uri, s_schemes));
        return null;
    }

    private static bool TryParse(string entry, [NotNullWhen(true)] out SourceUri? uri, [NotNullWhen(false)] out string? problem) =>
        SourceUri.TryParse(entry, out uri, out problem) && LanguageRegistry.TryResolve(uri, out uri, out problem);

    private static OpenSource? Open(SourceRequest request, SourceUri uri)
    {
        if (uri.IsGit)
            return RevisionOf(request, uri) is { } revision && IsRevision(revision)
                ? null
                : new(uri, RevisionVariables(uri)[0], ReferenceOf(uri, RevisionOf(request, uri))) { Secrets = request.Secrets };
        return s_downloads.Contains(uri.Scheme) && string.IsNullOrWhiteSpace(DigestText(request, uri)) ? new(uri, $"SRC_URI[{PinFlag(uri)}]", "") { Secrets = request.Secrets } : null;
    }

    private static string? DigestText(SourceRequest request, SourceUri uri)
    {
        var flag = PinFlag(uri);
        var text = uri.Parameter(flag) ?? uri.Parameter("sha256sum") ?? request.Pins.GetValueOrDefault(flag);
        return string.IsNullOrWhiteSpace(text) && request.Locked.TryGetValue(uri.Address, out var locked) ? locked.Hex : text;
    }

    /// <summary>What names the revision: the entry itself, the variable of its name, SRCREV. An entry that names a branch or tag can be locked by the variables.</summary>
    private static string? RevisionOf(SourceRequest request, SourceUri uri)
    {
        var set = RevisionVariables(uri).Select(v => request.Revisions.GetValueOrDefault(v)?.Trim()).FirstOrDefault(r => !string.IsNullOrEmpty(r));
        return uri.Parameter("rev") is { } own && (IsRevision(own) || set is null || !IsRevision(set)) ? own : set;
    }

    /// <summary>AUTOREV and no revision at all mean the tag of the entry, or the tip of its branch.</summary>
    private static string ReferenceOf(SourceUri uri, string? revision) =>
        revision is not (null or "INVALID" or "AUTOINC") ? revision
        : uri.Parameter("tag") is { } tag ? $"refs/tags/{tag}"
        : uri.Flag("nobranch", otherwise: false) && uri.Parameter("branch") is null ? "HEAD"
        : $"refs/heads/{uri.Parameter("branch") ?? "master"}";

    private static PinnedFile? PinFile(SourceRequest request, SourceUri uri, Diagnostics diagnostics)
    {
        var flag = PinFlag(uri);
        var text = DigestText(request, uri);
        if (string.IsNullOrWhiteSpace(text)) diagnostics.Add(FetchRules.MissingDigest(request.Place, uri, flag));
        else if (!Digest.TryParse(text.Trim(), out var pin)) diagnostics.Add(FetchRules.BadDigest(request.Place, uri, flag, text));
        else if (uri.FileName is "" or "." or "..") diagnostics.Add(FetchRules.NoFileName(request.Place, uri));
        else if (uri.FileName.Contains('/')) diagnostics.Add(FetchRules.NoFileName(request.Place, uri));
        else return new(uri, pin) { Secrets = request.Secrets };
        return null;
    }

    private static PinnedGit? PinGit(SourceRequest request, SourceUri uri, Diagnostics diagnostics)
    {
        var variables = RevisionVariables(uri);
        var revision = RevisionOf(request, uri);
        if (revision is null or "INVALID") diagnostics.Add(FetchRules.MissingRevision(request.Place, uri, variables[0]));
        else if (!IsRevision(revision)) diagnostics.Add(FetchRules.MovingRevision(request.Place, uri, variables[0], revision));
        else
        {
            if (uri.Parameter("branch") is null && !uri.Flag("nobranch", otherwise: false)) diagnostics.Add(FetchRules.NoBranch(request.Place, uri));
            return new(uri, revision.ToLowerInvariant()) { Secrets = request.Secrets };
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
