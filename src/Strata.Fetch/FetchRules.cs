using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Everything Strata can say about sources: codes STR4000 to STR4999, one method each.</summary>
public static class FetchRules
{
    private static readonly Rule s_badUri = new("STR4001", Severity.Error, "Malformed source URI");
    private static readonly Rule s_unknownScheme = new("STR4002", Severity.Error, "Unknown source scheme");
    private static readonly Rule s_missingDigest = new("STR4003", Severity.Error, "Source without a digest");
    private static readonly Rule s_badDigest = new("STR4004", Severity.Error, "Malformed digest");
    private static readonly Rule s_missingRevision = new("STR4005", Severity.Error, "Git source without a revision");
    private static readonly Rule s_movingRevision = new("STR4006", Severity.Error, "Git revision that can move");
    private static readonly Rule s_noBranch = new("STR4007", Severity.Warning, "Git source without a branch");
    private static readonly Rule s_localFileNotFound = new("STR4008", Severity.Error, "Local source not found");
    private static readonly Rule s_noFileName = new("STR4009", Severity.Error, "Source without a file name");
    private static readonly Rule s_noDevelopmentDirectory = new("STR4011", Severity.Error, "Development directory not found");
    private static readonly Rule s_unavailable = new("STR4020", Severity.Error, "Source not available");
    private static readonly Rule s_needsNetwork = new("STR4021", Severity.Error, "Source needs the network");
    private static readonly Rule s_cannotPin = new("STR4022", Severity.Error, "Source cannot be pinned");
    private static readonly Rule s_sameName = new("STR4023", Severity.Error, "Two sources of one name");
    private static readonly Rule s_hostileArchive = new("STR4030", Severity.Error, "Archive refused");
    private static readonly Rule s_cannotUnpack = new("STR4031", Severity.Error, "Archive cannot be unpacked");
    private static readonly Rule s_toolMissing = new("STR4032", Severity.Error, "Host tool missing");
    private static readonly Rule s_outsideLink = new("STR4033", Severity.Note, "Link out of the archive");
    private static readonly Rule s_patchFailed = new("STR4040", Severity.Error, "Patch does not apply");
    private static readonly Rule s_patchFuzz = new("STR4041", Severity.Error, "Patch applies with fuzz");
    private static readonly Rule s_badPatchLevel = new("STR4042", Severity.Error, "Bad patch parameter");

    /// <summary>Every rule of this stage, by code.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        s_badUri, s_unknownScheme, s_missingDigest, s_badDigest, s_missingRevision, s_movingRevision, s_noBranch, s_localFileNotFound,
        s_noFileName, s_noDevelopmentDirectory, s_unavailable, s_needsNetwork, s_cannotPin, s_sameName, s_hostileArchive, s_cannotUnpack, s_toolMissing,
        s_outsideLink, s_patchFailed, s_patchFuzz, s_badPatchLevel,
    ];

    public static Diagnostic BadUri(SourceSpan at, string problem) =>
        s_badUri.At(at, problem, hint: "write scheme://host/path;name=value, for instance https://example.org/hello-1.0.tar.gz;name=hello");

    public static Diagnostic UnknownScheme(SourceSpan at, SourceUri uri, IEnumerable<string> known) =>
        s_unknownScheme.At(at, $"Strata cannot fetch '{uri.Scheme}://' ({uri})",
            hint: Suggest.Nearest(uri.Scheme, known) is { } near
                ? $"did you mean '{near}://'?"
                : $"use one of {string.Join(", ", known.Select(s => s + "://"))}");

    public static Diagnostic BadSubmodule(SourceUri outer, string path, string problem) =>
        s_badUri.At(default, $"the submodule '{path}' of {outer.Address} {problem}",
            hint: $"write git:// for {outer.Address} and an entry of its own for {path}, with ;name=, SRCREV_name and ;destsuffix=");

    public static Diagnostic MissingDigest(SourceSpan at, SourceUri uri, string flag) =>
        s_missingDigest.At(at, $"{uri.Address} has no sha256 pin, so nobody can tell whether the right bytes arrive",
            hint: $"add to the recipe: SRC_URI[{flag}] = \"…\" with the 64 digits that 'sha256sum {uri.FileName}' prints, or run: strata lock");

    public static Diagnostic BadDigest(SourceSpan at, SourceUri uri, string flag, string text) =>
        s_badDigest.At(at, $"SRC_URI[{flag}] of {uri.Address} is '{text}', which is not 64 hexadecimal digits",
            hint: $"write SRC_URI[{flag}] = \"…\" with the 64 digits that 'sha256sum {uri.FileName}' prints");

    public static Diagnostic MissingRevision(SourceSpan at, SourceUri uri, string variable) =>
        s_missingRevision.At(at, $"{uri.Address} has no revision",
            hint: $"add to the recipe: {variable} = \"…\" with the 40 digits that 'git ls-remote {uri.Address} {RefOf(uri)}' prints, or run: strata lock");

    public static Diagnostic MovingRevision(SourceSpan at, SourceUri uri, string variable, string revision) =>
        s_movingRevision.At(at, $"'{revision}' is no commit of {uri.Address}: a name can mean something else tomorrow",
            hint: $"write {variable} = \"…\" with the 40 digits that 'git ls-remote {uri.Address} {NameOf(revision, uri)}' prints, or run: strata lock");

    public static Diagnostic NoBranch(SourceSpan at, SourceUri uri) =>
        s_noBranch.At(at, $"{uri.Address} names no branch; 'master' is assumed", hint: "add ;branch=main (or whichever it is) to the entry, or ;nobranch=1");

    public static Diagnostic LocalFileNotFound(SourceSpan at, SourceUri uri, ImmutableArray<string> searched) =>
        s_localFileNotFound.At(at,
            $"'{uri.Path}' is in none of the directories that are searched: {(searched.IsEmpty ? "(none)" : string.Join(", ", searched))}",
            hint: searched.IsEmpty
                ? "set FILESEXTRAPATHS:prepend := \"${THISDIR}/files:\" in the recipe"
                : $"put the file into {searched[0]}, or correct its name in SRC_URI");

    public static Diagnostic NoFileName(SourceSpan at, SourceUri uri) =>
        s_noFileName.At(at, $"{uri.Address} does not end in a usable file name", hint: "add ;downloadfilename=NAME.tar.gz to the entry");

    public static Diagnostic NoDevelopmentDirectory(SourceSpan at, string recipe, string directory) =>
        s_noDevelopmentDirectory.At(at, $"EXTERNALSRC of {recipe} is '{directory}', which is no absolute path of a directory",
            hint: $"write EXTERNALSRC:pn-{recipe} = \"/home/me/{recipe}\", or remove it to build the pinned sources");

    public static Diagnostic Unavailable(SourceSpan at, PinnedSource source, ImmutableArray<Refusal> refusals) =>
        s_unavailable.At(at, $"no place has {Describe(source)}:{Lines(refusals)}", hint: UnavailableHint(source, refusals));

    public static Diagnostic NeedsNetwork(SourceSpan at, PinnedSource source, ImmutableArray<Refusal> refusals) =>
        s_needsNetwork.At(at, $"the network is off (BB_NO_NETWORK) and {Describe(source)} is not among the downloads:{Lines(refusals)}",
            hint: source is PinnedFile file
                ? $"run 'strata fetch' where there is a network, or name a directory that has {file.Uri.FileName} in PREMIRRORS: \".*://.*/.* file:///path/\""
                : "run 'strata fetch' where there is a network and copy the download directory");

    /// <param name="missingSecret">See <see cref="Refusal"/>.</param>
    public static Diagnostic CannotAsk(SourceUri uri, string problem, string? missingSecret) =>
        s_unavailable.At(default, $"{uri.Address} cannot be asked for its branches and tags: {problem}", hint: missingSecret is null ? "check the address and the network" : SecretHint(missingSecret));

    public static Diagnostic CannotPin(SourceSpan at, OpenSource source, string reason) =>
        s_cannotPin.At(at, $"nobody can say what {source} is now: {reason}", hint: $"correct the entry in SRC_URI, or set {source.Setting} by hand");

    /// <summary>A build met a source without a pin, and looked up what the pin would be now.</summary>
    public static Diagnostic Unpinned(SourceSpan at, OpenSource source, string recipe, string pin) =>
        (source.IsGit ? s_movingRevision : s_missingDigest).At(at, $"{source} is not pinned, so it can be something else tomorrow",
            hint: $"if you trust what is there now, add to the recipe: {source.Setting} = \"{pin}\", or run: strata lock {recipe}");

    public static Diagnostic SameName(string name, IEnumerable<string> recipes) =>
        s_sameName.At(default, $"different files are called {name} in {string.Join(" and ", recipes)}; a mirror can hold only one",
            hint: "give one of them another name: ;downloadfilename=…");

    public static Diagnostic NotFetched(PinnedSource source) =>
        s_unavailable.At(default, $"{Describe(source)} is not among the downloads",
            hint: "run the fetch task of this recipe again: the downloads were changed after it");

    public static Diagnostic HostileArchive(string archive, string entry, string reason) =>
        s_hostileArchive.At(default, $"{archive}: entry '{entry}' {reason}",
            hint: "do not build this archive before you know who made it; with ;unpack=0 it is only copied");

    public static Diagnostic TooLarge(string archive, string reason) =>
        s_hostileArchive.At(default, $"{archive}: {reason}",
            hint: "an honest archive of this size needs a higher limit; with ;unpack=0 it is only copied");

    public static Diagnostic CannotUnpack(string archive, string reason) =>
        s_cannotUnpack.At(default, $"{archive}: {reason}", hint: "check with 'file' what the archive really is; with ;unpack=0 it is only copied");

    public static Diagnostic ToolMissing(string tool, string purpose) =>
        s_toolMissing.At(default, $"'{tool}' is needed {purpose} and is not installed", hint: $"install it, on Debian: apt install {PackageOf(tool)}");

    public static Diagnostic OutsideLink(string archive, string entry, string target) =>
        s_outsideLink.At(default, $"{archive}: link '{entry}' points to '{target}', outside the sources",
            hint: "nothing to do if only the target follows it");

    public static Diagnostic PatchFailed(SourceSpan at, string patch, string details, string? hint) =>
        s_patchFailed.At(at, $"{patch} does not apply: {details}", hint ?? $"refresh {patch} against these sources, or remove it from SRC_URI");

    public static Diagnostic PatchFuzz(SourceSpan at, string patch, string details) =>
        s_patchFuzz.At(at, $"{patch} was made for slightly different sources: {details}", hint: $"refresh {patch} against these sources: where it was put may be wrong");

    public static Diagnostic BadPatchLevel(SourceSpan at, SourceUri uri, string name, string value) =>
        s_badPatchLevel.At(at, $"{name}={value} of {uri} is not usable",
            hint: name is "patchdir" ? "name a directory inside the work directory" : "write ;striplevel=1");

    /// <summary>What the recipe calls the revision, if that can be looked up: AUTOREV means the branch.</summary>
    private static string NameOf(string revision, SourceUri uri) => revision.Contains("AUTO", StringComparison.Ordinal) ? RefOf(uri) : revision;

    private static string RefOf(SourceUri uri) => uri.Parameter("tag") ?? uri.Parameter("branch") ?? "HEAD";

    private static string Describe(PinnedSource source) => source switch
    {
        PinnedFile file => $"{file.Uri.FileName} ({file.Pin})",
        PinnedGit git => $"revision {git.Revision} of {git.Uri.Address}",
        _ => source.Uri.ToString(),
    };

    private static string Lines(IEnumerable<Refusal> refusals) => string.Concat(refusals.Select(r => $"\n    {r.Place}: {r.Reason}"));

    private static string UnavailableHint(PinnedSource source, ImmutableArray<Refusal> refusals) => (source, refusals) switch
    {
        (PinnedFile file, _) when refusals.Any(r => r.IsWrongDigest) =>
            $"a place serves other bytes under this name: compare with what upstream announces before you touch the pin of {file.Uri.FileName}",
        _ when refusals.FirstOrDefault(r => r.MissingSecret is not null) is { MissingSecret: { } secret } => SecretHint(secret),
        (PinnedFile file, _) => $"put the file into a directory and name it: PREMIRRORS:prepend = \".*://.*/.* file:///path/ \" (looked for as {file.Uri.FileName})",
        _ => "check the address and the revision, or name a mirror of the repository in PREMIRRORS",
    };

    private static string SecretHint(string secret) => secret is SourceSecrets.KeysName
        ? $"the server wants to know who asks, and the recipe does not let anybody show your ssh keys; add to the recipe: do_fetch[secrets] = \"{secret}\""
        : $"the server wants to know who asks, and the recipe does not let anybody use your passwords; add to the recipe: do_fetch[secrets] = \"{secret}\" (then ~/.netrc and git's credential helpers count)";

    private static string PackageOf(string tool) => tool switch
    {
        "xz" => "xz-utils",
        "bsdtar" => "libarchive-tools",
        _ => tool,
    };
}
