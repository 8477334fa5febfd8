namespace Strata.Cli.Recipes;

/// <summary>Sources as somebody unpacked them, with what builds them.</summary>
/// <param name="Root">The directory that they unpack to, absolute.</param>
/// <param name="Directory">Where the build system is: the root, or a directory right below it.</param>
internal sealed record SourceTree(string Root, string Directory, BuildSystem Kind)
{
    private static readonly (BuildSystem System, string[] Files)[] s_signs =
    [
        (BuildSystem.Autotools, ["configure"]),
        (BuildSystem.Meson, ["meson.build"]),
        (BuildSystem.Autoreconf, ["configure.ac", "configure.in"]),
        (BuildSystem.Cmake, ["CMakeLists.txt"]),
        (BuildSystem.Cargo, ["Cargo.toml"]),
        (BuildSystem.Go, ["go.mod"]),
        (BuildSystem.Python, ["pyproject.toml", "setup.py"]),
        (BuildSystem.Make, ["GNUmakefile", "makefile", "Makefile"]),
    ];

    /// <summary>Null when nothing says how the sources are built.</summary>
    /// <param name="name">Of the project: its directory is preferred where the root has no build system.</param>
    public static SourceTree? Find(string root, string name)
    {
        var below = System.IO.Directory.EnumerateDirectories(root).OrderBy(d => Path.GetFileName(d) == name ? 0 : 1).ThenBy(d => d, StringComparer.Ordinal);
        foreach (var directory in below.Prepend(root))
            if (SystemOf(directory) is { } system) return new(root, directory, system);
        return null;
    }

    /// <summary>Text of a file beside the build system; empty when there is none.</summary>
    public string Read(string file) => ReadAt(Path.Combine(Directory, file));

    public bool Has(string file) => File.Exists(Path.Combine(Directory, file));

    public static string ReadAt(string path) => File.Exists(path) ? File.ReadAllText(path, global::System.Text.Encoding.Latin1) : "";

    private static BuildSystem? SystemOf(string directory)
    {
        foreach (var (system, files) in s_signs)
            if (files.FirstOrDefault(f => File.Exists(Path.Combine(directory, f))) is { } sign && (system is not BuildSystem.Autotools || IsByAutoconf(Path.Combine(directory, sign))))
                return system;
        return null;
    }

    /// <summary>Some projects call a script of their own configure; it knows nothing of hosts and prefixes.</summary>
    private static bool IsByAutoconf(string script) => File.ReadLines(script, global::System.Text.Encoding.Latin1).Take(50).Any(l => l.Contains("GNU Autoconf", StringComparison.Ordinal));
}
