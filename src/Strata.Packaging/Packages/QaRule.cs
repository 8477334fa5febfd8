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

    public static QaRule LinkToBuild { get; } = Make("STR6012", "symlink-to-sysroot", Severity.Error, "Link to a build directory");

    public static QaRule BadFilesPath { get; } = Make("STR6013", "files-invalid", Severity.Warning, "Odd path in FILES");

    private static QaRule Make(string code, string check, Severity severity, string title) => new(check, new(code, severity, title));
}
