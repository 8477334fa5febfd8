namespace Strata.Cli.Answers;

/// <summary>Paths as text; nothing here looks at the disk.</summary>
internal static class Paths
{
    public static bool IsBelow(string path, string directory) => path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);

    /// <summary>Relative to the directory where it lies inside, else as it is.</summary>
    public static string Shown(string directory, string path) => path != directory && IsBelow(path, directory) ? path[(directory.Length + 1)..] : path;
}
