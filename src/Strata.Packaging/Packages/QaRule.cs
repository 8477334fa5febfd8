using Strata.Core;

namespace Strata.Packaging;

/// <summary>A rule that ERROR_QA, WARN_QA and INSANE_SKIP know by the name of its check.</summary>
public sealed record QaRule(string Check, Rule Rule)
{
    public static QaRule InstalledNotShipped { get; } = Make("STR6001", "installed-vs-shipped", Severity.Error, "Installed but not packaged");

    public static QaRule LibraryNotFound { get; } = Make("STR6002", "file-rdeps", Severity.Error, "Shared library not found");

    public static QaRule WrongArchitecture { get; } = Make("STR6003", "arch", Severity.Error, "Wrong architecture");

    public static QaRule UnsafeRunPath { get; } = Make("STR6004", "rpaths", Severity.Error, "Unsafe run path");

    public static QaRule DevelopmentLink { get; } = Make("STR6005", "dev-so", Severity.Warning, "Development link in a run-time package");

    public static QaRule BuildPath { get; } = Make("STR6006", "buildpaths", Severity.Warning, "Build path in a file");

    public static QaRule StaticLibrary { get; } = Make("STR6007", "staticdev", Severity.Warning, "Static library in the wrong package");

    public static QaRule TextRelocation { get; } = Make("STR6008", "textrel", Severity.Warning, "Text relocation");

    public static QaRule UselessRunPath { get; } = Make("STR6009", "useless-rpaths", Severity.Warning, "Useless run path");

    public static QaRule LibraryInDevelopment { get; } = Make("STR6010", "dev-elf", Severity.Warning, "Shared library in the development package");

    public static QaRule DevelopmentDependency { get; } = Make("STR6011", "dev-deps", Severity.Warning, "Run-time package needs a development package");

    public static QaRule BuildPathInLibtool { get; } = Make("STR6075", "la", Severity.Error, "Build path in a libtool description");

    public static QaRule BuildPathInPkgConfig { get; } = Make("STR6076", "pkgconfig", Severity.Error, "Build path in a description for pkg-config");

    public static QaRule ForeignLibraryDirectory { get; } = Make("STR6077", "libdir", Severity.Error, "Library where the program loader does not look");

    public static QaRule PerlIndex { get; } = Make("STR6078", "perllocalpod", Severity.Warning, "Index of Perl modules packaged");

    public static QaRule LinkToBuild { get; } = Make("STR6012", "symlink-to-sysroot", Severity.Error, "Link to a build directory");

    public static QaRule BadFilesPath { get; } = Make("STR6013", "files-invalid", Severity.Warning, "Odd path in FILES");

    public static QaRule AlreadyStripped { get; } = Make("STR6060", "already-stripped", Severity.Warning, "Stripped before packaging");

    public static QaRule UndeclaredPrivilege { get; } = Make("STR6061", "setuid", Severity.Warning, "Privileged program not declared");

    public static QaRule LongInterpreterLine { get; } = Make("STR6062", "shebang-size", Severity.Error, "First line of a script too long");

    public static QaRule DebugFile { get; } = Make("STR6063", "debug-files", Severity.Warning, "Debug file in a run-time package");

    public static QaRule DebugDependency { get; } = Make("STR6064", "debug-deps", Severity.Warning, "Run-time package needs a debug package");

    public static QaRule FilledDirectory { get; } = Make("STR6065", "empty-dirs", Severity.Warning, "File in a directory that the system mounts over");

    public static QaRule InfoDirectory { get; } = Make("STR6066", "infodir", Severity.Warning, "Index of info pages packaged");

    public static QaRule BadConstraint { get; } = Make("STR6067", "dep-cmp", Severity.Error, "Version constraint not understood");

    public static QaRule BuildNameDependency { get; } = Make("STR6068", "virtual-slash", Severity.Error, "Name of a recipe where a package is meant");

    public static QaRule ExpandedRoot { get; } = Make("STR6069", "expanded-d", Severity.Error, "Install tree named twice");

    public static QaRule MissingSonameLink { get; } = Make("STR6070", "soname-link", Severity.Warning, "Library cannot be found by its soname");

    public static QaRule WritableByAll { get; } = Make("STR6071", "world-writable", Severity.Warning, "Everybody may write");

    public static QaRule VersionNotFound { get; } = Make("STR6073", "version-symbols", Severity.Error, "Version of a library not found");

    public static QaRule ModuleNotFound { get; } = Make("STR6074", "pkgconfig-deps", Severity.Warning, "Module of pkg-config not found");

    private static QaRule Make(string code, string check, Severity severity, string title) => new(check, new(code, severity, title));
}
