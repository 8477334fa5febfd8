using System.Formats.Tar;
using System.Text;
using Strata.Core;

namespace Strata.Cli.SourceBundles;

/// <summary>The files of a bundle, the same whoever writes them: no times, no owners, two modes.</summary>
internal static class BundleDirectory
{
    public const string SumsName = "SHA256SUMS";
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Links stay links. Whoever may run the one may run the other.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (new FileInfo(from).LinkTarget is { } target)
        {
            File.CreateSymbolicLink(to, target);
            return;
        }
        using (var source = File.OpenRead(from))
        using (var copy = new FileStream(to, FileMode.CreateNew, FileAccess.Write)) source.CopyTo(copy);
        File.SetUnixFileMode(to, ModeOf(from));
    }

    /// <summary>Writes the list that <c>sha256sum --check</c> reads; the last file of a bundle.</summary>
    public static void WriteSums(string directory)
    {
        var text = new StringBuilder();
        foreach (var name in Names(directory).Where(n => new FileInfo(Path.Combine(directory, n)) is { Exists: true, LinkTarget: null }))
            text.Append(Digest.OfFile(Path.Combine(directory, name)).Hex).Append("  ").Append(name).Append('\n');
        AtomicFile.WriteAllText(Path.Combine(directory, SumsName), text.ToString());
    }

    /// <param name="top">The directory that everything is in when the archive is unpacked.</param>
    public static void WriteTar(string directory, string top, Stream stream, CancellationToken cancel)
    {
        using var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var name in Names(directory).Prepend(""))
        {
            cancel.ThrowIfCancellationRequested();
            tar.WriteEntry(Entry(Path.Combine(directory, name), name.Length == 0 ? top : $"{top}/{name}", out var content));
            content?.Dispose();
        }
    }

    private static GnuTarEntry Entry(string path, string name, out FileStream? content)
    {
        content = null;
        if (new FileInfo(path).LinkTarget is { } target) return Made(new(TarEntryType.SymbolicLink, name) { LinkName = target }, Runnable);
        if (Directory.Exists(path)) return Made(new(TarEntryType.Directory, name + "/"), Runnable);
        content = File.OpenRead(path);
        return Made(new(TarEntryType.RegularFile, name) { DataStream = content }, ModeOf(path));
    }

    private static GnuTarEntry Made(GnuTarEntry entry, UnixFileMode mode)
    {
        entry.Mode = mode;
        entry.ModificationTime = entry.AccessTime = entry.ChangeTime = DateTimeOffset.UnixEpoch;
        return entry;
    }

    /// <summary>Files, links and directories below a directory, ordinal.</summary>
    private static IEnumerable<string> Names(string directory) =>
        Directory.EnumerateFileSystemEntries(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(p => Path.GetRelativePath(directory, p)).Order(StringComparer.Ordinal);

    private static UnixFileMode ModeOf(string path) => (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) == 0 ? Plain : Runnable;
}
