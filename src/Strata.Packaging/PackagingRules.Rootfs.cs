using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

public static partial class PackagingRules
{
    private static readonly Rule s_packageNotFound = new("STR6030", Severity.Error, "Package not found");
    private static readonly Rule s_packageFromTwo = new("STR6031", Severity.Error, "Package from two recipes");
    private static readonly Rule s_fileClash = new("STR6032", Severity.Error, "File in two packages");
    private static readonly Rule s_conflict = new("STR6033", Severity.Error, "Packages conflict");
    private static readonly Rule s_basicsMissing = new("STR6034", Severity.Error, "Image lacks what every system needs");
    private static readonly Rule s_unknownOwner = new("STR6035", Severity.Error, "Unknown owner");
    private static readonly Rule s_scriptInterpreterMissing = new("STR6053", Severity.Warning, "Interpreter of a script missing");
    private static readonly Rule s_interpreterMissing = new("STR6036", Severity.Error, "Program loader missing");
    private static readonly Rule s_excluded = new("STR6037", Severity.Error, "Excluded package needed");
    private static readonly Rule s_directoryDiffers = new("STR6038", Severity.Warning, "Packages disagree about a directory");
    private static readonly Rule s_alternativesTie = new("STR6039", Severity.Warning, "Alternatives of equal priority");
    private static readonly Rule s_linksInCircle = new("STR6040", Severity.Error, "Links go in a circle");
    private static readonly Rule s_temporaryMode = new("STR6041", Severity.Error, "/tmp has the wrong mode");
    private static readonly Rule s_accountNumber = new("STR6042", Severity.Error, "Account has another number");
    private static readonly Rule s_nothingToEdit = new("STR6043", Severity.Error, "Nothing to edit");
    private static readonly Rule s_alternativeInTheWay = new("STR6044", Severity.Error, "File in place of an alternative");
    private static readonly Rule s_versionNotAdmitted = new("STR6045", Severity.Error, "Version constraint not met");
    private static readonly Rule s_unknownFeature = new("STR6046", Severity.Warning, "Unknown image feature");
    private static readonly Rule s_sharedHostKey = new("STR6047", Severity.Warning, "Key shared by all devices");
    private static readonly Rule s_timeZoneMissing = new("STR6048", Severity.Error, "Time zone not in the image");
    private static readonly Rule s_scriptOnReadOnly = new("STR6049", Severity.Error, "First-boot script in a read-only image");
    private static readonly Rule s_programMissing = new("STR6050", Severity.Error, "Program not in the image");
    private static readonly Rule s_closureIncomplete = new("STR6051", Severity.Error, "Program needs what is not in the image");
    private static readonly Rule s_usrNotMerged = new("STR6052", Severity.Error, "/usr is not merged");

    public static Diagnostic VersionNotAdmitted(SourceSpan place, PackageRelation need, PackageManifest present, string? user) =>
        s_versionNotAdmitted.At(place,
            $"{(user is null ? "IMAGE_INSTALL" : $"package '{user}'")} needs '{need}', but recipe '{present.Recipe}' makes '{present.Name}' in version {present.FullVersion}",
            hint: $"choose another version with PREFERRED_VERSION_{present.Recipe}, or correct {(user is null ? "IMAGE_INSTALL" : $"RDEPENDS:{user}")}");

    public static Diagnostic UnknownFeature(SourceSpan place, string feature, IEnumerable<string> known) =>
        s_unknownFeature.At(place, $"IMAGE_FEATURES names '{feature}', which does nothing",
            hint: Suggest.Nearest(feature, known) is { } near ? $"did you mean '{near}'?" : $"known features: {string.Join(' ', known)}");

    public static Diagnostic SharedHostKey(SourceSpan place, string path, string? package) =>
        s_sharedHostKey.At(place, $"'{path}'{(package is null ? "" : $" of package '{package}'")} is a secret key that every device with this image would have",
            hint: "remove it at the end of do_install; the server makes one when it first starts");

    public static Diagnostic TimeZoneMissing(SourceSpan place, string zone, string file) =>
        s_timeZoneMissing.At(place, $"IMAGE_TIMEZONE is '{zone}', but the image has no '{file}'",
            hint: "add the package with the time zones (tzdata) to IMAGE_INSTALL, or correct the name");

    public static Diagnostic ScriptOnReadOnly(SourceSpan place, string package) =>
        s_scriptOnReadOnly.At(place, $"package '{package}' has a script for the first boot, which a read-only root file system cannot take",
            hint: $"do its work in do_install, or remove read-only-rootfs from IMAGE_FEATURES (pkg_postinst:{package})");

    public static Diagnostic ProgramMissing(SourceSpan place, string program, IEnumerable<string> known) =>
        s_programMissing.At(place, $"IMAGE_PROGRAMS names '{program}', which no package of the image has",
            hint: Suggest.Nearest(program, known) is { } near ? $"did you mean '{near}'?" : "add its package to IMAGE_INSTALL");

    public static Diagnostic ClosureIncomplete(SourceSpan place, string user, string need) =>
        s_closureIncomplete.At(place, $"'{user}' needs '{need}', which no package of the image has", hint: "add the package that has it to IMAGE_INSTALL");

    internal static Diagnostic UsrNotMerged(SourceSpan place, RootfsEntry entry) =>
        s_usrNotMerged.At(place, $"'{entry.Path}' is a directory{(entry.Package is { } package ? $" of package '{package}'" : "")}, but DISTRO_FEATURES has usrmerge",
            hint: $"install into /usr{entry.Path}, and let base-files make '{entry.Path}' a link to it");

    public static Diagnostic PackageNotFound(SourceSpan place, string name, string? user, IEnumerable<string> known)
    {
        var need = user is null ? "IMAGE_INSTALL names it" : $"package '{user}' needs it";
        var variable = user is null ? "IMAGE_INSTALL" : $"RDEPENDS:{user}";
        return s_packageNotFound.At(place, $"there is no package '{name}'; {need}",
            hint: Suggest.Nearest(name, known) is { } near
                ? $"did you mean '{near}'? Correct {variable}"
                : $"correct {variable}; a package whose FILES match nothing exists only with ALLOW_EMPTY:{name} = \"1\"");
    }

    public static Diagnostic PackageFromTwoRecipes(SourceSpan place, string package, string first, string second) =>
        s_packageFromTwo.At(place, $"the recipes '{first}' and '{second}' both make a package '{package}'",
            hint: "rename it in the PACKAGES of one of them");

    public static Diagnostic FileClash(SourceSpan place, string path, string first, string firstRecipe, string second, string secondRecipe) =>
        s_fileClash.At(place, $"'{path}' is in package '{first}' (recipe {firstRecipe}) and, differently, in package '{second}' (recipe {secondRecipe})",
            hint: $"offer it as ALTERNATIVE in both, install only one of them, or let one replace the other with RREPLACES:{second} = \"{first}\"");

    public static Diagnostic PackagesConflict(SourceSpan place, string package, string other) =>
        s_conflict.At(place, $"package '{package}' cannot be installed together with '{other}'", hint: $"remove one of them from IMAGE_INSTALL (RCONFLICTS:{package})");

    public static Diagnostic BasicsMissing(SourceSpan place, ImmutableArray<string> paths) =>
        s_basicsMissing.At(place, $"the image has no {string.Join(", ", paths)}",
            hint: "add base-files to IMAGE_INSTALL, or set IMAGE_BASICS = \"0\" for an image that needs none of it");

    public static Diagnostic TemporaryMode(SourceSpan place, int mode) =>
        s_temporaryMode.At(place, $"/tmp has mode {OctalModeConverter.Text(mode)}: users could remove each other's files, or not write at all",
            hint: "make it 1777 in the package that ships it");

    internal static Diagnostic UnknownOwner(SourceSpan place, string kind, string name, RootfsEntry entry) =>
        s_unknownOwner.At(place, $"'{entry.Path}' of {(entry.Package is { } package ? $"package '{package}'" : "this image")} belongs to the {kind} '{name}', which does not exist",
            hint: kind == "user" ? $"add it with USERADD_PARAM:{entry.Package}" : $"add it with GROUPADD_PARAM:{entry.Package}");

    public static Diagnostic InterpreterMissing(SourceSpan place, string package, string interpreter) =>
        s_interpreterMissing.At(place, $"programs of package '{package}' start with '{interpreter}', which is not in the image",
            hint: "add the C library's package to IMAGE_INSTALL");

    /// <param name="owner">A package that could be installed and has it, or null.</param>
    public static Diagnostic ScriptInterpreterMissing(SourceSpan place, string package, IReadOnlyList<string> scripts, string program, string? owner) =>
        s_scriptInterpreterMissing.At(place, $"'{scripts[0]}'{(scripts.Count == 1 ? "" : $" and {scripts.Count - 1} more")} of package '{package}' {(scripts.Count == 1 ? "needs" : "need")} '{program}', which is not in the image",
            hint: owner is null ? $"add the package that has it: RDEPENDS:{package} += \"…\", or put the scripts into a package of their own" : $"RDEPENDS:{package} += \"{owner}\"");

    public static Diagnostic PackageExcluded(SourceSpan place, string package, string? user) =>
        s_excluded.At(place, $"package '{package}' is excluded, but {(user is null ? "IMAGE_INSTALL names it" : $"package '{user}' needs it")}",
            hint: $"remove '{package}' from PACKAGE_EXCLUDE");

    internal static Diagnostic DirectoryDiffers(SourceSpan place, RootfsEntry first, RootfsEntry second) =>
        s_directoryDiffers.At(place,
            $"'{first.Path}' is {Describe(first.File)} in package '{first.Package}' but {Describe(second.File)} in package '{second.Package}'; the first counts",
            hint: "give it the same owner and mode in both");

    public static Diagnostic AlternativesTie(SourceSpan place, string link, string first, string second, int priority) =>
        s_alternativesTie.At(place, $"'{first}' and '{second}' both offer '{link}' with priority {priority}; '{first}' gets it",
            hint: "give one of them a higher ALTERNATIVE_PRIORITY");

    public static Diagnostic AlternativeInTheWay(SourceSpan place, string link, string owner, string recipe, string package) =>
        s_alternativeInTheWay.At(place, $"package '{package}' offers '{link}' as an alternative, but package '{owner}' (recipe {recipe}) has a file there",
            hint: $"make it an ALTERNATIVE:{owner} as well");

    public static Diagnostic LinksInCircle(SourceSpan place, string package, string path) =>
        s_linksInCircle.At(place, $"'{path}' of package '{package}' lies behind symbolic links that go in a circle", hint: "correct the links in do_install");

    public static Diagnostic AccountHasOtherNumber(SourceSpan place, string kind, string name, int wanted, int present) =>
        s_accountNumber.At(place, $"the {kind} '{name}' shall have the number {wanted} but has {present} already", hint: "declare the same number everywhere");

    public static Diagnostic NothingToEdit(SourceSpan place, string path) =>
        s_nothingToEdit.At(place, $"there is no '{path}' in the image whose owner or mode could be set", hint: "correct the path");

    private static string Describe(PackagedFile file) => $"{file.User}:{file.Group} {OctalModeConverter.Text(file.Mode)}";
}
