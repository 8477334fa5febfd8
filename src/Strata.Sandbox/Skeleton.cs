using Strata.Core;

namespace Strata.Sandbox;

/// <summary>The directories and small files that every sandbox has beneath its artifacts: the same on every host.</summary>
internal static class Skeleton
{
    private static readonly string[] s_directories = ["build", "dev", "etc", "proc", "root", "run", "tmp", "var"];

    private static readonly (string Name, string Text)[] s_files =
    [
        ("etc/group", "root:x:0:\nnogroup:x:65534:\n"),
        ("etc/hosts", "127.0.0.1 localhost strata\n"),
        ("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
        ("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"),
        ("etc/resolv.conf", ""),
    ];

    /// <summary>Where distributions with a merged /usr have links.</summary>
    private static readonly string[] s_merged = ["bin", "lib", "lib32", "lib64", "libx32", "sbin"];

    /// <summary>Makes the skeleton unless it is there; it appears complete or not at all.</summary>
    /// <param name="hostRoot">With the mount points and links that showing the host's /usr takes.</param>
    public static void Make(string directory, bool hostRoot)
    {
        if (Directory.Exists(directory)) return;
        var scratch = AtomicFile.ScratchName(directory);
        foreach (var name in s_directories) Directory.CreateDirectory(Path.Combine(scratch, name));
        foreach (var (name, text) in s_files) File.WriteAllText(Path.Combine(scratch, name), text);
        File.CreateSymbolicLink(Path.Combine(scratch, "var/tmp"), "../tmp");
        if (hostRoot) AddHostRoot(scratch);
        try
        {
            Directory.Move(scratch, directory);
        }
        catch (IOException) when (Directory.Exists(directory))
        {
            // Another process made it in the meantime.
            FileTree.Delete(scratch);
        }
    }

    private static void AddHostRoot(string scratch)
    {
        Directory.CreateDirectory(Path.Combine(scratch, "usr"));
        Directory.CreateDirectory(Path.Combine(scratch, "etc/alternatives"));
        foreach (var name in s_merged)
            if (new DirectoryInfo("/" + name).LinkTarget is { } target) File.CreateSymbolicLink(Path.Combine(scratch, name), target);
            else if (Directory.Exists("/" + name)) Directory.CreateDirectory(Path.Combine(scratch, name));
    }

    /// <summary>The host's directories that the mount points of a host root are for.</summary>
    public static IEnumerable<Mount> HostRootMounts(string skeleton)
    {
        yield return new("/usr", "/usr", Writable: false);
        if (Directory.Exists("/etc/alternatives")) yield return new("/etc/alternatives", "/etc/alternatives", Writable: false);
        foreach (var name in s_merged)
            if (new DirectoryInfo(Path.Combine(skeleton, name)) is { LinkTarget: null, Exists: true })
                yield return new("/" + name, "/" + name, Writable: false);
    }
}
