using Strata.Core;

namespace Strata.Packaging;

/// <summary>Everything Strata can say about packages, root file systems and images: codes STR6000 to STR6999, one method each.</summary>
public static partial class PackagingRules
{
    private static readonly Rule s_cannotPackage = new("STR6018", Severity.Error, "File cannot be packaged");
    private static readonly Rule s_badOwnership = new("STR6016", Severity.Error, "Ownership line not understood");
    private static readonly Rule s_badCapabilities = new("STR6072", Severity.Error, "Unreadable capabilities");
    private static readonly Rule s_badAlternative = new("STR6014", Severity.Error, "Alternative not understood");
    private static readonly Rule s_alternativeMissing = new("STR6017", Severity.Warning, "Alternative has no target");
    private static readonly Rule s_throughLink = new("STR6015", Severity.Warning, "FILES path passes a symbolic link");
    private static readonly Rule s_badAccount = new("STR6019", Severity.Error, "Account options not understood");
    private static readonly Rule s_badPackageName = new("STR6020", Severity.Error, "Package name not allowed");
    private static readonly Rule s_damagedList = new("STR6022", Severity.Error, "Package list unreadable");
    private static readonly Rule s_packageTwice = new("STR6021", Severity.Warning, "Package listed twice");
    private static readonly Rule s_badVersion = new("STR6023", Severity.Error, "Version that package managers cannot read");
    private static readonly Rule s_lineFeed = new("STR6027", Severity.Error, "File name of two lines");
    private static readonly Rule s_cannotSign = new("STR6024", Severity.Error, "Feed cannot be signed");

    public static Diagnostic BadVersion(SourceSpan place, string package, string version) =>
        s_badVersion.At(place, $"package '{package}' has the version '{version}', which no package manager accepts",
            hint: "let PV begin with a digit and consist of letters, digits and '.', '+', '-', '~'");

    public static Diagnostic NameWithLineFeed(SourceSpan place, string package, string path) =>
        s_lineFeed.At(place, $"package '{package}' has a file whose name has two lines: '{path.ReplaceLineEndings("\\n")}'; lists of package managers have one name on a line",
            hint: "rename it at the end of do_install, or leave the recipe out of feeds: PACKAGE_CLASSES = \"\"");

    public static Diagnostic CannotSign(SourceSpan place, string key, string reason) =>
        s_cannotSign.At(place, $"the feed cannot be signed with the key '{key}': {reason}",
            hint: "correct PACKAGE_FEED_GPG_NAME and GPG_PATH; 'gpg --homedir GPG_PATH --list-secret-keys' shows what there is");

    public static Diagnostic CannotPackage(SourceSpan place, string path) =>
        s_cannotPackage.At(place, $"'{path}' is a socket, or its name or what it points to is not UTF-8 text",
            hint: "remove or rename it at the end of do_install");

    public static Diagnostic BadOwnershipLine(SourceSpan place, int line, string text) =>
        s_badOwnership.At(place, $"ownership table, line {line}: '{text}' is not understood",
            hint: "write 'PATH USER:GROUP MODE' and perhaps capabilities, for instance '/var/log/app app:app 0750' or '/usr/bin/ping root:root 0755 cap_net_raw+ep'");

    public static Diagnostic BadCapabilities(SourceSpan place, string path, string text) =>
        s_badCapabilities.At(place, $"the install script gave '{path}' the capabilities '{text}', which are not understood",
            hint: "write them as in 'setcap cap_net_raw,cap_net_admin+ep FILE'; names of capabilities are in capabilities(7)");

    public static Diagnostic BadAlternative(SourceSpan place, string package, string text) =>
        s_badAlternative.At(place, $"package '{package}': the alternative '{text}' is not understood",
            hint: "write 'NAME:LINK:TARGET:PRIORITY', for instance 'sh:/bin/sh:/bin/bash:100'");

    public static Diagnostic AlternativeMissing(SourceSpan place, string package, Alternative alternative) =>
        s_alternativeMissing.At(place, $"package '{package}' offers '{alternative.Target}' for '{alternative.Link}' but does not contain it",
            hint: $"add '{alternative.Target}' to FILES:{package}, or drop the alternative '{alternative.Name}'");

    public static Diagnostic ThroughLink(SourceSpan place, string package, string pattern, string link, string target) =>
        s_throughLink.At(place, $"FILES:{package} names '{pattern}', but '{link}' is a symbolic link to '{target}'; the link itself is packaged",
            hint: $"name the real path in FILES:{package}");

    public static Diagnostic BadAccountOptions(SourceSpan place, string program, string command, string word) =>
        s_badAccount.At(place, word.Length > 0 ? $"'{word}' in '{program} {command}' is not understood" : $"'{program} {command}' names no account",
            hint: "known options: --system --uid --gid --groups --home-dir --shell --comment --password --no-create-home --user-group");

    public static Diagnostic BadPackageName(SourceSpan place, string name) =>
        s_badPackageName.At(place, $"'{name}' cannot be the name of a package",
            hint: "use lower-case letters, digits and '+', '-', '.', beginning with a letter or digit");

    public static Diagnostic PackageListedTwice(SourceSpan place, string name) =>
        s_packageTwice.At(place, $"PACKAGES lists '{name}' twice; the first place counts", hint: $"remove one '{name}' from PACKAGES");

    public static Diagnostic DamagedPackageList(SourceSpan place, string artifact, string reason) =>
        s_damagedList.At(place, $"the package list in '{artifact}' cannot be read: {reason}",
            hint: "the store may be damaged: run 'strata cache verify' and build again");
}
