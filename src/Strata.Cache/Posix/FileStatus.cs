using System.Runtime.InteropServices;

namespace Strata.Cache;

/// <summary>The part of <c>struct statx</c> that Strata reads; unlike <c>struct stat</c> it is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct FileStatus
{
    private const int TypeMask = 0xf000;
    private const int PermissionMask = 0xfff;

    [FieldOffset(16)] private readonly uint _links;
    [FieldOffset(28)] private readonly ushort _mode;
    [FieldOffset(32)] private readonly ulong _inode;
    [FieldOffset(40)] private readonly ulong _size;
    [FieldOffset(112)] private readonly long _modifiedSeconds;
    [FieldOffset(120)] private readonly uint _modifiedNanoseconds;
    [FieldOffset(136)] private readonly uint _deviceMajor;
    [FieldOffset(140)] private readonly uint _deviceMinor;

    public FileKind Kind => (FileKind)(_mode & TypeMask);

    /// <summary>Permission bits with set-user-id, set-group-id and sticky.</summary>
    public int Permissions => _mode & PermissionMask;

    public uint Links => _links;

    public ulong Inode => _inode;

    public long Size => (long)_size;

    public (uint Major, uint Minor) Device => (_deviceMajor, _deviceMinor);

    public DateTimeOffset Modified => DateTimeOffset.FromUnixTimeSeconds(_modifiedSeconds).AddTicks(_modifiedNanoseconds / 100);

    public long ModifiedTicks => Modified.UtcTicks;
}
