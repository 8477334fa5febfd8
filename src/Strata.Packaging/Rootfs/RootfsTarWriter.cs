namespace Strata.Packaging;

/// <summary>Writes a tree as one archive whose bytes depend on its entries and the epoch, and on nothing else.</summary>
internal sealed class RootfsTarWriter(Accounts accounts, DateTimeOffset epoch)
{
    private const int RootMode = 0x1ED;
    private const int BufferSize = 1 << 17;

    private readonly long _time = Math.Max(0, epoch.ToUnixTimeSeconds());

    /// <summary>Entries are taken in the order given; every owner must have a number.</summary>
    public void Write(IEnumerable<RootfsEntry> entries, string path, CancellationToken cancel)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
        var tar = new PaxTarStream(file);
        tar.Write(new() { Name = "./", Kind = '5', Mode = RootMode, User = "root", Group = "root", Time = _time }, null);
        foreach (var entry in entries)
        {
            cancel.ThrowIfCancellationRequested();
            using var content = entry.File.Kind == FileKind.File ? Open(entry) : null;
            tar.Write(Header(entry), content);
        }
        tar.Finish();
    }

    private TarHeader Header(RootfsEntry entry)
    {
        var file = entry.File;
        return new()
        {
            Name = entry.IsDirectory ? file.Path[1..] + "/" : file.Path[1..],
            Kind = KindOf(file.Kind),
            Mode = file.Mode,
            Uid = accounts.UserId(file.User)!.Value,
            Gid = accounts.GroupId(file.Group)!.Value,
            User = file.User,
            Group = file.Group,
            Size = file.Kind == FileKind.File ? file.Size : 0,
            Time = _time,
            LinkName = file.Kind switch
            {
                FileKind.SymbolicLink => file.Target!,
                FileKind.HardLink => file.Target![1..],
                _ => "",
            },
            // A hard link is its file, which comes first and has them.
            ExtendedAttributes = file.Kind == FileKind.HardLink ? null : file.ExtendedAttributes,
            DeviceMajor = file.DeviceMajor,
            DeviceMinor = file.DeviceMinor,
        };
    }

    private static Stream Open(RootfsEntry entry) => entry.Bytes is { } bytes
        ? new MemoryStream(bytes, writable: false)
        : new FileStream(entry.ContentPath!, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });

    internal static char KindOf(FileKind kind) => kind switch
    {
        FileKind.File => '0',
        FileKind.HardLink => '1',
        FileKind.SymbolicLink => '2',
        FileKind.CharacterDevice => '3',
        FileKind.BlockDevice => '4',
        FileKind.Directory => '5',
        FileKind.Pipe => '6',
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
