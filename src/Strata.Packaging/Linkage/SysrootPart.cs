namespace Strata.Packaging;

/// <summary>What a recipe put into the sysroot of another one.</summary>
/// <param name="Directory">On the host, with the paths of the sysroot below it.</param>
public sealed record SysrootPart(string Recipe, string Directory)
{
    private static readonly EnumerationOptions s_everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    internal bool Has(string path) => File.Exists(Directory + path);

    /// <summary>The headers of a recipe that has nothing to link; none of any other.</summary>
    internal IEnumerable<string> HeadersOfNothingElse() =>
        System.IO.Directory.Exists(Directory + Includes) && !Files(Directory + "/usr/lib").Concat(Files(Directory + "/lib")).Any(IsLibrary)
            ? Files(Directory + Includes).Select(f => f[Directory.Length..]) : [];

    private const string Includes = "/usr/include";

    private static IEnumerable<string> Files(string directory) => System.IO.Directory.Exists(directory) ? System.IO.Directory.EnumerateFiles(directory, "*", s_everything) : [];

    private static bool IsLibrary(string path) => path.EndsWith(".a", StringComparison.Ordinal) || path.EndsWith(".so", StringComparison.Ordinal) || path.Contains(".so.", StringComparison.Ordinal);
}
