using System.Formats.Tar;

namespace Strata.Fetch;

/// <summary>Reads a tar from a stream that may be a pipe, and may lie.</summary>
internal static class TarUnpacker
{
    /// <param name="commit">Null for an archive that speaks for itself.</param>
    public static void Unpack(Stream archive, TreeWriter tree, string name, ExportedTree? commit = null)
    {
        try
        {
            using var guarded = new TarHeaderGuard(archive);
            using var tar = new TarReader(guarded, leaveOpen: true);
            while (tar.GetNextEntry() is { } entry) Write(entry, tree, commit);

            // Compressors check what they read at the very end, so it has to be read.
            guarded.Drain();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new SourceException(FetchRules.CannotUnpack(name, $"is broken: {e.Message}"));
        }
    }

    private static void Write(TarEntry entry, TreeWriter tree, ExportedTree? commit)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes) return;
        var below = commit?.Below ?? "";
        if (Below(entry.Name, below) is not { } name) return;

        var changed = commit?.Committed ?? entry.ModificationTime;
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                if (IsSparse(entry)) throw tree.Refuse(entry.Name, "is a sparse file, which Strata does not unpack");
                using (var content = entry.DataStream is { } data && commit?.Large is { } large ? large.Resolve(data, entry.Length) : entry.DataStream)
                    tree.File(name, entry.Mode.HasFlag(UnixFileMode.UserExecute), changed, content);
                break;
            case TarEntryType.Directory or TarEntryType.DirectoryList:
                tree.Directory(name, changed);
                break;
            case TarEntryType.SymbolicLink:
                tree.SymbolicLink(name, entry.LinkName, changed);
                break;
            case TarEntryType.HardLink:
                tree.HardLink(name, Below(entry.LinkName, below) ?? throw tree.Refuse(entry.Name, "is a hard link to what is not unpacked"));
                break;
            case TarEntryType.CharacterDevice or TarEntryType.BlockDevice:
                throw tree.Refuse(entry.Name, "is a device node");
            case TarEntryType.Fifo:
                throw tree.Refuse(entry.Name, "is a named pipe");
            default:
                throw tree.Refuse(entry.Name, $"is of a kind that sources do not have ({entry.EntryType})");
        }
    }

    private static bool IsSparse(TarEntry entry) =>
        entry is PaxTarEntry pax && pax.ExtendedAttributes.Keys.Any(k => k.StartsWith("GNU.sparse.", StringComparison.Ordinal));

    private static string? Below(string name, string directory)
    {
        if (directory.Length == 0) return name;
        if (name.TrimEnd('/') == directory) return ".";
        return name.StartsWith(directory + "/", StringComparison.Ordinal) ? name[(directory.Length + 1)..] : null;
    }
}
