using System.Runtime.InteropServices;

namespace Strata.Core;

/// <summary>
/// What the kernel knows of a path; the framework does not tell inode, link count and device. The part of
/// <c>struct statx</c> that Strata reads; unlike <c>struct stat</c> it is the same on every architecture.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
public readonly struct FileStatus
{
    private const int TypeMask = 0xf000;
    private const int PermissionMask = 0xfff;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const long Second = 1_000_000_000;
    private const int NotFound = 2;
    private const int NotADirectory = 20;

    [FieldOffset(16)] private readonly uint _links;
    [FieldOffset(28)] private readonly ushort _mode;
    [FieldOffset(32)] private readonly ulong _inode;
    [FieldOffset(40)] private readonly ulong _size;
    [FieldOffset(96)] private readonly long _changedSeconds;
    [FieldOffset(104)] private readonly uint _changedNanoseconds;
    [FieldOffset(112)] private readonly long _modifiedSeconds;
    [FieldOffset(120)] private readonly uint _modifiedNanoseconds;
    [FieldOffset(128)] private readonly uint _major;
    [FieldOffset(132)] private readonly uint _minor;
    [FieldOffset(136)] private readonly uint _deviceMajor;
    [FieldOffset(140)] private readonly uint _deviceMinor;

    public FileType Type => (FileType)(_mode & TypeMask);

    /// <summary>Permission bits with set-user-id, set-group-id and sticky.</summary>
    public int Permissions => _mode & PermissionMask;

    public uint Links => _links;

    public ulong Inode => _inode;

    public long Size => (long)_size;

    /// <summary>The file system that the path is on.</summary>
    public ulong Device => (ulong)_deviceMajor << 32 | _deviceMinor;

    /// <summary>The same for all names of one file, and for nothing else.</summary>
    public (ulong Device, ulong Inode) Identity => (Device, _inode);

    /// <summary>Of a device node: the device that it stands for.</summary>
    public (uint Major, uint Minor) Node => (_major, _minor);

    public DateTimeOffset Modified => DateTimeOffset.FromUnixTimeSeconds(_modifiedSeconds).AddTicks(_modifiedNanoseconds / 100);

    public long ModifiedTicks => Modified.UtcTicks;

    /// <summary>In nanoseconds since 1970.</summary>
    internal long ExactlyModified => (_modifiedSeconds * Second) + _modifiedNanoseconds;

    /// <summary>When the inode changed, in nanoseconds since 1970.</summary>
    internal long ExactlyChanged => (_changedSeconds * Second) + _changedNanoseconds;

    /// <summary>Of the path itself, be it a link.</summary>
    /// <exception cref="IOException">The path is absent or cannot be looked at.</exception>
    public static FileStatus Of(string path) => Find(path) ?? throw SystemCall.Failure(path, NotFound);

    /// <summary>Of the path itself, be it a link; null when nothing is there.</summary>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public static FileStatus? Find(string path)
    {
        if (statx(SystemCall.CurrentDirectory, path, NoFollow, BasicStats, out var status) == 0) return status;
        return Marshal.GetLastPInvokeError() is var error and not (NotFound or NotADirectory) ? throw SystemCall.Failure(path, error) : null;
    }

    /// <summary>Of what a link leads to; null when nothing is there or nobody may look.</summary>
    internal static FileStatus? Follow(string path) => statx(SystemCall.CurrentDirectory, path, 0, BasicStats, out var status) == 0 ? status : null;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out FileStatus status);
}
