using System.Globalization;
using System.Diagnostics.CodeAnalysis;

namespace Strata.Cli.NoOp;

/// <summary>What stat(2) says about a path: enough to notice every ordinary change without reading the file.</summary>
/// <param name="Modified">Modification time in ticks of 100 ns; 0 where nothing is at the path.</param>
/// <param name="Size">Bytes of a file, -1 for a directory, -2 where nothing is at the path.</param>
public readonly record struct FileStamp(long Modified, long Size)
{
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists) return new(file.LastWriteTimeUtc.Ticks, file.Length);
        return Directory.Exists(path) ? new(Directory.GetLastWriteTimeUtc(path).Ticks, -1) : new(0, -2);
    }

    public static bool TryParse(string modified, string size, [NotNullWhen(true)] out FileStamp? stamp)
    {
        stamp = long.TryParse(modified, CultureInfo.InvariantCulture, out var time) && long.TryParse(size, CultureInfo.InvariantCulture, out var length)
            ? new(time, length)
            : null;
        return stamp is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Modified} {Size}");
}
