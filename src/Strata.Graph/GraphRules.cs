using Strata.Core;
using Strata.Graph.Providers;
using Strata.Metadata;

namespace Strata.Graph;

/// <summary>Everything that the graph stage can say about a user's files: codes STR3000 to STR3999, one method each.</summary>
public static class GraphRules
{
    private static readonly Rule s_unknownTarget = new("STR3001", Severity.Error, "Unknown target");
    private static readonly Rule s_nothingProvides = new("STR3002", Severity.Error, "Nothing provides a dependency");
    private static readonly Rule s_nothingProvidesAtRunTime = new("STR3003", Severity.Error, "Nothing provides a run-time dependency");
    private static readonly Rule s_onlySkipped = new("STR3004", Severity.Error, "The only provider is skipped");
    private static readonly Rule s_unknownTask = new("STR3005", Severity.Error, "Unknown task");
    private static readonly Rule s_unknownTaskDependency = new("STR3006", Severity.Error, "Dependency on an unknown task");
    private static readonly Rule s_malformedTaskDependency = new("STR3007", Severity.Error, "Malformed task dependency");
    private static readonly Rule s_circular = new("STR3008", Severity.Error, "Circular dependency");
    private static readonly Rule s_severalProviders = new("STR3009", Severity.Note, "Several providers, none preferred");
    private static readonly Rule s_providersConflict = new("STR3010", Severity.Error, "Two recipes in one build provide the same name");
    private static readonly Rule s_versionsConflict = new("STR3011", Severity.Error, "Two versions of a recipe in one build");
    private static readonly Rule s_preferredVersionMissing = new("STR3012", Severity.Warning, "Preferred version not available");
    private static readonly Rule s_requiredVersionMissing = new("STR3013", Severity.Error, "Required version not available");
    private static readonly Rule s_requiredAndPreferred = new("STR3014", Severity.Warning, "Required and preferred version are both set");
    private static readonly Rule s_conflictingPreferences = new("STR3015", Severity.Error, "Preferences contradict each other");
    private static readonly Rule s_unknownConfiguration = new("STR3016", Severity.Error, "Unknown configuration");
    private static readonly Rule s_badPattern = new("STR3017", Severity.Error, "Invalid regular expression");
    private static readonly Rule s_localFileMissing = new("STR3018", Severity.Error, "Local file not found");
    private static readonly Rule s_mountWithoutArtifact = new("STR3019", Severity.Error, "Mount of a task without artifact");
    private static readonly Rule s_relativeMount = new("STR3020", Severity.Error, "Mount is not an absolute path");
    private static readonly Rule s_notShell = new("STR3022", Severity.Error, "Function is no shell");
    private static readonly Rule s_defaultOfKeyFlag = new("STR3023", Severity.Error, "Default of a flag that signatures read");
    private static readonly Rule s_noTargets = new("STR3021", Severity.Error, "Nothing to build");

    /// <summary>Whether it says that no layer has what a recipe needs.</summary>
    public static bool IsUnmetNeed(Diagnostic problem) => problem.Rule == s_nothingProvides || problem.Rule == s_nothingProvidesAtRunTime;

    public static Diagnostic UnknownTarget(string target, string? near) =>
        s_unknownTarget.At(default, $"no recipe provides '{target}'",
            hint: near is null ? "strata recipe list names what there is; the layer that has it may be missing from BBLAYERS" : $"did you mean '{near}'?");

    /// <param name="chain">Who asked for it, the nearest first, the target last.</param>
    public static Diagnostic NothingProvides(SourceSpan place, string item, IEnumerable<string> chain, string? near) =>
        s_nothingProvides.At(place, $"nothing provides '{item}', needed by {string.Join(", needed by ", chain)}",
            hint: near is null
                ? $"add the layer that has it to BBLAYERS, or put it into ASSUME_PROVIDED if the build machine has it: ASSUME_PROVIDED += \"{item}\""
                : $"did you mean '{near}'?");

    public static Diagnostic NothingProvidesAtRunTime(SourceSpan place, string item, IEnumerable<string> chain, string? near) =>
        s_nothingProvidesAtRunTime.At(place, $"no recipe makes a package '{item}', needed by {string.Join(", needed by ", chain)}",
            hint: near is null ? "RDEPENDS names packages, not recipes: the recipe that makes it must list it in PACKAGES or RPROVIDES" : $"did you mean '{near}'?");

    /// <summary>Whether it says that a package which somebody wants cannot be made here.</summary>
    public static bool IsUnknownPackage(Diagnostic diagnostic) => diagnostic.Rule == s_nothingProvidesAtRunTime || diagnostic.Rule == s_onlySkipped;

    public static Diagnostic OnlySkipped(SourceSpan place, string item, string recipe, string reason, IEnumerable<string> chain)
    {
        var needed = string.Concat(chain.Select(c => $", needed by {c}"));
        return s_onlySkipped.At(place, $"'{item}'{needed}, is provided by {recipe} only, which is skipped: {reason}",
            hint: "change what the reason names, or choose another provider");
    }

    public static Diagnostic UnknownTask(SourceSpan place, string recipe, string task, string? near) =>
        s_unknownTask.At(place, $"recipe {recipe} has no task {task}",
            hint: near is null ? $"strata recipe show {recipe} lists its tasks" : $"did you mean '{recipe}:{near}'?");

    public static Diagnostic UnknownTaskDependency(SourceSpan place, string task, string flag, string recipe, string wanted, string? near) =>
        s_unknownTaskDependency.At(place, $"{task}[{flag}] names {recipe}:{wanted}, but {recipe} has no such task",
            hint: near is null ? "tasks are made by addtask, and removed by deltask" : $"did you mean '{recipe}:{near}'?");

    public static Diagnostic MalformedTaskDependency(SourceSpan place, string task, string flag, string word) =>
        s_malformedTaskDependency.At(place, $"{task}[{flag}] has '{word}', which is not of the form recipe:task",
            hint: $"{word}:do_populate_sysroot");

    /// <param name="places">Where each edge comes from, in the order of the path.</param>
    public static Diagnostic Circular(IReadOnlyList<SourceSpan> places, IEnumerable<string> path) =>
        s_circular.At(places[0], $"circular dependency: {string.Join(" → ", path)}",
            hint: "take one of these edges away: a DEPENDS, a [depends] flag or the 'after' of an addtask") with { Related = [.. places.Skip(1)] };

    public static Diagnostic SeveralProviders(string item, IEnumerable<string> recipes, bool runtime)
    {
        var names = recipes.ToList();
        var variable = runtime ? "PREFERRED_RPROVIDER_" : "PREFERRED_PROVIDER_";
        return s_severalProviders.At(default, $"several recipes provide {(runtime ? "the package " : "")}{item} ({string.Join(", ", names)}); {names[0]} is taken",
            hint: $"{variable}{item} = \"{names[0]}\"");
    }

    public static Diagnostic ProvidersConflict(SourceSpan place, string item, IEnumerable<string> recipes)
    {
        var names = recipes.ToList();
        return s_providersConflict.At(place, $"{string.Join(" and ", names)} would both be built, and both provide {item}",
            hint: $"depend on one of them only, or allow both: BB_MULTI_PROVIDER_ALLOWED += \"{item}\"");
    }

    public static Diagnostic VersionsConflict(SourceSpan place, string recipe, IEnumerable<string> files) =>
        s_versionsConflict.At(place, $"several versions of {recipe} would be built: {string.Join(", ", files)}",
            hint: $"PREFERRED_VERSION_{recipe} selects one");

    internal static Diagnostic VersionMissing(VersionWish wish, string item, IEnumerable<RecipeFacts> available)
    {
        var versions = string.Join(' ', available.Select(r => VersionText(r.Version)).Order(StringComparer.Ordinal));
        var (rule, kind) = wish.IsRequired ? (s_requiredVersionMissing, "required") : (s_preferredVersionMissing, "preferred");
        return rule.At(wish.Place, $"the {kind} version {wish.Text} of {wish.Recipe} (for {item}) is not available; there are: {versions}",
            hint: $"{(wish.IsRequired ? "REQUIRED" : "PREFERRED")}_VERSION_{wish.Recipe} takes one of these, or a prefix with % at its end");

        static string VersionText(PackageVersion version) => (version with { Revision = "" }).ToString();
    }

    internal static Diagnostic RequiredAndPreferred(VersionWish wish, string item) =>
        s_requiredAndPreferred.At(wish.Place, $"REQUIRED_VERSION and PREFERRED_VERSION of {wish.Recipe} (for {item}) are both set; {wish.Text} is required",
            hint: "remove PREFERRED_VERSION");

    public static Diagnostic ConflictingPreferences(string item, IEnumerable<string> recipes) =>
        s_conflictingPreferences.At(default, $"several PREFERRED_PROVIDER settings choose different recipes for the package {item}: {string.Join(", ", recipes)}",
            hint: $"say which: PREFERRED_RPROVIDER_{item} = \"…\"");

    /// <param name="by">What named the configuration: a target or a flag.</param>
    public static Diagnostic UnknownConfiguration(SourceSpan place, string name, string by, IEnumerable<string> known) =>
        s_unknownConfiguration.At(place, $"{by} names the configuration '{name}', which BBMULTICONFIG does not have",
            hint: Suggest.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : $"BBMULTICONFIG += \"{name}\", with its settings in conf/multiconfig/{name}.conf");

    public static Diagnostic MalformedConfigurationDependency(SourceSpan place, string task, string word) =>
        s_malformedTaskDependency.At(place, $"{task}[mcdepends] has '{word}', which is not of the form mc:FROM:TO:recipe:task",
            hint: "mc::other:recipe:do_deploy for tasks of the plain configuration, mc:one:other:recipe:do_deploy for those of another one");

    public static Diagnostic BadPattern(SourceSpan place, string variable, string pattern) =>
        s_badPattern.At(place, $"'{pattern}' in {variable} is not a regular expression", hint: "a plain name is one, too");

    public static Diagnostic LocalFileMissing(SourceSpan place, string name, IEnumerable<string> directories)
    {
        var searched = directories.ToList();
        return s_localFileMissing.At(place, $"'{name}' is in none of the directories where it is looked for: {string.Join(", ", searched)}",
            hint: searched.Count == 0 ? "FILESPATH is empty" : $"put the file into {searched[^1]}");
    }

    public static Diagnostic MountWithoutArtifact(SourceSpan place, string task) =>
        s_mountWithoutArtifact.At(place, $"{task} has [mount] but no [artifact], so there is nothing to mount", hint: $"{task}[artifact] = \"${{WORKDIR}}/…\"");

    public static Diagnostic RelativeMount(SourceSpan place, string task, string mount) =>
        s_relativeMount.At(place, $"{task}[mount] is '{mount}'", hint: "a mount is a path in the sandbox, for instance /build/sysroot");

    public static Diagnostic NotShell(SourceSpan place, string function, string problem) =>
        s_notShell.At(place, $"the shell of '{function}' cannot be read: {problem}", hint: "'sh -n' with the function's text says more");

    public static Diagnostic DefaultOfKeyFlag(SourceSpan place, string variable, string flag) =>
        s_defaultOfKeyFlag.At(place, $"{variable}[{flag}] has a default and a value, and BitBake's signatures fail on that", hint: "write ?= instead of ??=");

    public static Diagnostic NoTargets() => s_noTargets.At(default, "no target was given", hint: "strata build TARGET");
}
