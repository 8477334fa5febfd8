using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Strata.Packaging;

/// <summary>What the kernel knows of a path, links not followed; the framework does not tell inode, link count and device number.</summary>
internal readonly record struct FileStatus(FileKind? Kind, int Mode, long Size, uint Links, (ulong Device, ulong Inode) Identity, uint Major, uint Minor)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const int StatxSize = 256;

    /// <exception cref="IOException">The path is absent or cannot be looked at.</exception>
    public static FileStatus Of(string path)
    {
        var buffer = new byte[StatxSize];
        if (statx(CurrentDirectory, path, NoFollow, BasicStats, buffer) != 0)
            throw new IOException($"cannot look at '{path}': {Marshal.GetLastPInvokeErrorMessage()}");

        // The layout of struct statx is the same on every architecture, unlike that of struct stat.
        ReadOnlySpan<byte> status = buffer;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(status[28..]);
        var device = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(status[136..]) << 32 | BinaryPrimitives.ReadUInt32LittleEndian(status[140..]);
        return new(KindOf(mode), mode & 0xFFF, BinaryPrimitives.ReadInt64LittleEndian(status[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(status[16..]), (device, BinaryPrimitives.ReadUInt64LittleEndian(status[32..])),
            BinaryPrimitives.ReadUInt32LittleEndian(status[128..]), BinaryPrimitives.ReadUInt32LittleEndian(status[132..]));
    }

    private static FileKind? KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Directory,
        0xA000 => FileKind.SymbolicLink,
        0x2000 => FileKind.CharacterDevice,
        0x6000 => FileKind.BlockDevice,
        0x1000 => FileKind.Pipe,
        _ => null,
    };

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);
}
