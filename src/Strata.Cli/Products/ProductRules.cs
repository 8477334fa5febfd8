using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>What can be wrong with a product: codes STR1140 to STR1159.</summary>
public static class ProductRules
{
    private static readonly Rule s_notReadable = new("STR1140", Severity.Error, "Product file cannot be read");
    private static readonly Rule s_unknownKey = new("STR1141", Severity.Error, "Unknown key in a product file");
    private static readonly Rule s_wrongShape = new("STR1142", Severity.Error, "Wrong kind of value in a product file");
    private static readonly Rule s_version = new("STR1143", Severity.Error, "Unknown version of the product format");
    private static readonly Rule s_cycle = new("STR1144", Severity.Error, "Product files include each other");
    private static readonly Rule s_unknownRepository = new("STR1145", Severity.Error, "Unknown repository");
    private static readonly Rule s_escape = new("STR1146", Severity.Error, "Path leads out");
    private static readonly Rule s_conflict = new("STR1147", Severity.Error, "Conflicting pins");
    private static readonly Rule s_commit = new("STR1148", Severity.Error, "Not a whole commit");
    private static readonly Rule s_ignored = new("STR1158", Severity.Warning, "Ignored in product files");
    private static readonly Rule s_notSupported = new("STR1149", Severity.Error, "Not supported in product files");
    private static readonly Rule s_noRevision = new("STR1150", Severity.Error, "Repository has no such branch or tag");
    private static readonly Rule s_patch = new("STR1151", Severity.Error, "Patch of a layer cannot be used");
    private static readonly Rule s_noCheckout = new("STR1152", Severity.Error, "No place for a checkout");
    private static readonly Rule s_leftAlone = new("STR1153", Severity.Warning, "Checkout with changes of its own");
    private static readonly Rule s_noLayer = new("STR1154", Severity.Error, "No such layer in a repository");
    private static readonly Rule s_sourceFailed = new("STR1155", Severity.Error, "Repository cannot be checked out");
    private static readonly Rule s_badUrl = new("STR1156", Severity.Error, "Address of a repository not understood");
    private static readonly Rule s_badName = new("STR1157", Severity.Error, "Not a name of a branch or tag");

    private static readonly Rule s_signature = new("STR1159", Severity.Error, "Repository without an accepted signature");

    public static Diagnostic NotReadable(SourceSpan at, string reason, string hint) => s_notReadable.At(at, reason, hint);

    public static Diagnostic UnknownKey(SourceSpan at, string key, string where, IEnumerable<string> known) =>
        s_unknownKey.At(at, $"'{key}' is no key of {where}",
            Suggest.Nearest(key, known) is { } near ? $"did you mean '{near}'?" : $"known are: {string.Join(", ", known.Order(StringComparer.Ordinal))}");

    public static Diagnostic WrongShape(SourceSpan at, string where, string expected, string hint) => s_wrongShape.At(at, $"{where} must be {expected}", hint);

    public static Diagnostic Missing(SourceSpan at, string where, string key, string hint) => s_wrongShape.At(at, $"{where} has no '{key}'", hint);

    public static Diagnostic Version(SourceSpan at, string found, int latest) =>
        s_version.At(at, $"version {found} of the format is not known", $"write a version from 1 to {latest} that has the keys you use");

    public static Diagnostic Cycle(SourceSpan at, IEnumerable<string> files) =>
        s_cycle.At(at, $"this include closes a circle: {string.Join(" -> ", files)}", "remove one of these includes");

    public static Diagnostic UnknownRepository(SourceSpan at, string name, IEnumerable<string> known) =>
        s_unknownRepository.At(at, $"no repository is called '{name}'", Suggest.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : $"add it below 'repos:'");

    public static Diagnostic Escape(SourceSpan at, string path, string root) =>
        s_escape.At(at, $"'{path}' leads out of {root}", "name a place below it");

    public static Diagnostic Conflict(SourceSpan at, string what, SourceSpan other, string hint) => s_conflict.At(at, what, hint) with { Related = [other] };

    public static Diagnostic Commit(SourceSpan at, string text) =>
        s_commit.At(at, $"'{text}' is not a whole commit", "write all 40 lower-case hexadecimal digits that git rev-parse prints; names go to 'branch:' or 'tag:'");

    public static Diagnostic NotSupported(SourceSpan at, string what, string hint) => s_notSupported.At(at, what, hint);

    public static Diagnostic Ignored(SourceSpan at, string key, string why, string hint) => s_ignored.At(at, $"'{key}' is ignored: {why}", hint);

    public static Diagnostic BadName(SourceSpan at, string name) =>
        s_badName.At(at, $"'{name}' cannot be the name of a branch or tag", "git ls-remote URL lists what the repository has");

    public static Diagnostic NoRevision(SourceSpan at, string name, string address) =>
        s_noRevision.At(at, $"{address} has no '{name}'", $"git ls-remote {address} lists what it has");

    public static Diagnostic Patch(SourceSpan at, string repository, string patch, string reason) =>
        s_patch.At(at, $"patch '{patch}' of repository '{repository}': {reason}", "the checkout is as it was before; correct the patch, or remove its entry");

    public static Diagnostic NoCheckout(SourceSpan at, string path) =>
        s_noCheckout.At(at, $"{path} is there already and is no git checkout", "move it away, or give the repository another 'path:'");

    public static Diagnostic LeftAlone(SourceSpan at, string repository, string why) =>
        s_leftAlone.At(at, $"repository '{repository}' is used as it is: {why}", "commit or discard that, or check out with --force, which discards it");

    public static Diagnostic NoLayer(SourceSpan at, string layer, string path) =>
        s_noLayer.At(at, $"layer '{layer}' has no {Path.Combine(path, "conf", "layer.conf")}", "name the directory that holds conf/layer.conf, relative to its repository");

    public static Diagnostic SourceFailed(SourceSpan at, string repository, Diagnostic cause) =>
        s_sourceFailed.At(at, $"repository '{repository}': {cause.Message}", cause.Hint ?? "correct its url, commit, branch or tag here");

    public static Diagnostic Signature(SourceSpan at, string repository, string reason, string hint) =>
        s_signature.At(at, $"repository '{repository}': {reason}", hint);

    public static Diagnostic BadPreMirror(string pattern, string problem) =>
        s_badUrl.At(default, $"KAS_PREMIRRORS has a pattern that is none, '{pattern}': {problem}", "write on each line a regular expression and what replaces it, for instance: https://github\\.com/ https://mirror.example/");

    public static Diagnostic BadUrl(SourceSpan at, string url, string problem) =>
        s_badUrl.At(at, $"'{url}' is no address of a git repository: {problem}", "for instance https://git.example/layer.git, git@git.example:layer.git, file:///srv/git/layer.git");
}
