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

    /// <summary>A small tree with a file, an executable, a link and an empty directory.</summary>
    public string Tree(string name, string content = "hello")
    {
        Write($"{name}/usr/share/greeting", content);
        File.SetUnixFileMode(Write($"{name}/usr/bin/greet", "#!/bin/sh\n"), (UnixFileMode)0x1ed);
        Directory.CreateDirectory(this[$"{name}/var/empty"]);
        File.CreateSymbolicLink(this[$"{name}/usr/bin/hello"], "greet");
        return this[name];
    }

    public void Dispose() => FileTree.Delete(Path);
}
