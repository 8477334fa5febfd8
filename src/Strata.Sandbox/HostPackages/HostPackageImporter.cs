using System.Collections.Immutable;

namespace Strata.Sandbox.HostPackages;

/// <summary>Copies the files of installed packages into a tree that can be the root of a sandbox.</summary>
public static class HostPackageImporter
{
    /// <summary>Documentation and translations: no tool reads them, and they are a third of the files.</summary>
    private static readonly string[] s_unwanted =
        ["/usr/share/doc/", "/usr/share/man/", "/usr/share/info/", "/usr/share/locale/", "/usr/share/lintian/", "/usr/share/bug/",
         "/etc/alternatives/"];

    private static readonly string[] s_merged = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    private const UnixFileMode Permissions = (UnixFileMode)0x1ff;

    /// <summary>Fills <paramref name="root"/>, merging /bin, /sbin and /lib into /usr as current distributions do.</summary>
    /// <returns>How many files and links were copied.</returns>
    /// <exception cref="IOException">The disk is full, or a file of a package cannot be read.</exception>
    public static int Import(DpkgDatabase database, IEnumerable<HostPackage> packages, string root, CancellationToken cancel)
    {
        var owned = packages.SelectMany(p => database.FilesOf(p).Where(IsWanted).Select(path => (Package: p, Path: path)))
            .DistinctBy(f => f.Path, StringComparer.Ordinal).OrderBy(f => f.Path, StringComparer.Ordinal).ToArray();
        MakeMergedLinks(root);
        var files = new List<(string Source, string Target)>();
        var links = 0;
        foreach (var (package, path) in owned)
        {
            var (source, target) = (database.PlaceOf(package, path), root + Merge(path));
            var info = new FileInfo(source);
            if (info.LinkTarget is { } linkTarget)
            {
                Link(target, linkTarget);
                links++;
            }
            else if (Directory.Exists(source)) Directory.CreateDirectory(target);
            else if (info.Exists) files.Add((source, target));
        }
        // Directories first, so that copying needs no order; the copies are independent.
        foreach (var directory in files.Select(f => Path.GetDirectoryName(f.Target)!).Distinct(StringComparer.Ordinal)) Directory.CreateDirectory(directory);
        Parallel.ForEach(files, new ParallelOptions { CancellationToken = cancel }, file => Copy(file.Source, file.Target));
        return files.Count + links + LinkAlternatives(database, root);
    }

    private static bool IsWanted(string path) =>
        IsLicense(path) || !s_unwanted.Any(u => $"{path}/".StartsWith(u, StringComparison.Ordinal));

    /// <summary>Parts of some packages go into images, and their licence has to go with them.</summary>
    private static bool IsLicense(string path) =>
        path.StartsWith("/usr/share/doc/", StringComparison.Ordinal) && path.EndsWith("/copyright", StringComparison.Ordinal);

    /// <summary><c>/bin/bash</c> → <c>/usr/bin/bash</c>.</summary>
    private static string Merge(string path)
    {
        var end = path.IndexOf('/', 1);
        var top = end < 0 ? path[1..] : path[1..end];
        return s_merged.Contains(top) ? "/usr" + path : path;
    }

    private static void MakeMergedLinks(string root)
    {
        foreach (var name in s_merged)
        {
            Directory.CreateDirectory($"{root}/usr/{name}");
            Link($"{root}/{name}", $"usr/{name}");
        }
    }

    private static void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (new FileInfo(path).LinkTarget is null && !File.Exists(path) && !Directory.Exists(path)) File.CreateSymbolicLink(path, target);
    }

    private static void Copy(string source, string target)
    {
        File.Copy(source, target, overwrite: true);
        // Nothing gains privileges inside a sandbox, so set-user-id bits would only make two build machines differ.
        File.SetUnixFileMode(target, File.GetUnixFileMode(target) & Permissions);
    }

    /// <summary>The best candidate among the imported programs takes the link; what the administrator chose does not matter.</summary>
    private static int LinkAlternatives(DpkgDatabase database, string root)
    {
        var made = 0;
        foreach (var (link, candidates) in database.Alternatives())
        {
            var path = root + Merge(link);
            if (new FileInfo(path).LinkTarget is { } existing && !existing.StartsWith("/etc/alternatives/", StringComparison.Ordinal)) continue;
            if (candidates.FirstOrDefault(c => File.Exists(root + Merge(c))) is not { } best) continue;
            File.Delete(path);
            Link(path, Merge(best));
            made++;
        }
        return made;
    }
}
