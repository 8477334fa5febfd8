using Strata.Core;

namespace Strata.Tests.Packaging;

/// <summary>A directory that lives as long as a test.</summary>
public sealed class Scratch : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("strata-packaging-").FullName;

    public string this[string relative] => Path.Combine(Root, relative);

    public void Dispose() => FileTree.Delete(Root);

    /// <summary>Writes a file, its directories included.</summary>
    public string Write(string relative, string text, int mode = 0b110_100_100)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)mode);
        return path;
    }

    public void MakeDirectory(string relative, int mode = 0b111_101_101)
    {
        Directory.CreateDirectory(this[relative]);
        File.SetUnixFileMode(this[relative], (UnixFileMode)mode);
    }

    public void Link(string relative, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.CreateSymbolicLink(this[relative], target);
    }
}
