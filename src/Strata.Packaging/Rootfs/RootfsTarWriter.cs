using System.Formats.Tar;

namespace Strata.Packaging;

/// <summary>Writes a tree as one PAX archive whose bytes depend on its entries and the epoch, and on nothing else.</summary>
internal sealed class RootfsTarWriter(Accounts accounts, DateTimeOffset epoch)
{
    private const int RootMode = 0x1ED;
    private const int BufferSize = 1 << 17;

    /// <summary>Entries are taken in the order given; every owner must have a number.</summary>
    public void Write(IEnumerable<RootfsEntry> entries, string path, CancellationToken cancel)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
        using var tar = new TarWriter(file, TarEntryFormat.Pax);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "./") { Mode = (UnixFileMode)RootMode, ModificationTime = epoch, UserName = "root", GroupName = "root" });
        foreach (var entry in entries)
        {
            cancel.ThrowIfCancellationRequested();
            Write(tar, entry);
        }
    }

    private void Write(TarWriter tar, RootfsEntry entry)
    {
        var file = entry.File;
        var name = entry.IsDirectory ? file.Path[1..] + "/" : file.Path[1..];
        var header = new PaxTarEntry(TypeOf(file.Kind), name)
        {
            Mode = (UnixFileMode)file.Mode,
            Uid = accounts.UserId(file.User)!.Value,
            Gid = accounts.GroupId(file.Group)!.Value,
            UserName = file.User,
            GroupName = file.Group,
            ModificationTime = epoch,
        };
        if (file.Kind == FileKind.SymbolicLink) header.LinkName = file.Target!;
        if (file.Kind == FileKind.HardLink) header.LinkName = file.Target![1..];
        if (file.Kind is FileKind.CharacterDevice or FileKind.BlockDevice)
        {
            header.DeviceMajor = file.DeviceMajor;
            header.DeviceMinor = file.DeviceMinor;
        }
        if (file.Kind != FileKind.File)
        {
            tar.WriteEntry(header);
            return;
        }
        using var content = Open(entry);
        header.DataStream = content;
        tar.WriteEntry(header);
    }

    private static Stream Open(RootfsEntry entry)
    {
        if (entry.Bytes is { } bytes) return new MemoryStream(bytes, writable: false);
        var stream = new FileStream(entry.ContentPath!, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        if (stream.Length == entry.File.Size) return stream;
        stream.Dispose();
        throw new InvalidDataException($"'{entry.ContentPath}' does not have the {entry.File.Size} bytes that its package list promises");
    }

    private static TarEntryType TypeOf(FileKind kind) => kind switch
    {
        FileKind.File => TarEntryType.RegularFile,
        FileKind.Directory => TarEntryType.Directory,
        FileKind.SymbolicLink => TarEntryType.SymbolicLink,
        FileKind.HardLink => TarEntryType.HardLink,
        FileKind.CharacterDevice => TarEntryType.CharacterDevice,
        FileKind.BlockDevice => TarEntryType.BlockDevice,
        FileKind.Pipe => TarEntryType.Fifo,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
