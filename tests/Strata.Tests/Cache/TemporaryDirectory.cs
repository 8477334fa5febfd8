using Strata.Core;

namespace Strata.Tests.Cache;

/// <summary>A directory that goes with the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory(string? parent = null) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), "strata-cache-" + System.IO.Path.GetRandomFileName())).FullName;

    public string Path { get; }

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a file below the directory, with everything above it, and returns its path.</summary>
    public string Write(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
        return this[relative];
    }

    /// <summary>A small tree with a file, an executable, a link and an empty directory; the same under every umask.</summary>
    public string Tree(string name, string content = "hello")
    {
        const UnixFileMode Plain = (UnixFileMode)0x1a4, Executable = (UnixFileMode)0x1ed;
        File.SetUnixFileMode(Write($"{name}/usr/share/greeting", content), Plain);
        File.SetUnixFileMode(Write($"{name}/usr/bin/greet", "#!/bin/sh\n"), Executable);
        Directory.CreateDirectory(this[$"{name}/var/empty"]);
        foreach (var directory in Directory.GetDirectories(this[name], "*", SearchOption.AllDirectories)) File.SetUnixFileMode(directory, Executable);
        File.CreateSymbolicLink(this[$"{name}/usr/bin/hello"], "greet");
        return this[name];
    }

    public void Dispose() => FileTree.Delete(Path);
}
