namespace Strata.Packaging;

/// <summary>Where debug symbols go when they are taken out of a program: the directory that gdb searches below, with the program's own path.</summary>
public static class DebugSplit
{
    public const string Extension = ".debug";

    private const string Directory = "/usr/lib/debug";

    /// <summary>For /usr/bin/env, /usr/lib/debug/usr/bin/env.debug.</summary>
    public static string PathOf(string program) => $"{Directory}{program}{Extension}";
}
