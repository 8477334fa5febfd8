using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Strata.Core;

namespace Strata.Cache;

/// <summary>The few system calls that the framework has no face for, or a slow one: times of a link, locks that wait, files by the thousand.</summary>
internal static class Posix
{
    private const int NoFollow = 0x100;
    private const int Interrupted = 4;
    private const int AlreadyThere = 17;
    private const int OtherDevice = 18;
    private const int NotEmpty = 39;
    private const int ReadWriteCreateCloseOnExec = 0x80042;
    private const int WriteOnlyCreateNewCloseOnExec = 0x800c1;
    private const int OwnerReadAndWrite = 0x180;

    /// <summary>Access and modification time; of a link itself, not of what it points to.</summary>
    public static void SetTimes(string path, DateTimeOffset time)
    {
        var spec = new TimeSpec((nint)time.ToUnixTimeSeconds(), 0);
        if (utimensat(SystemCall.CurrentDirectory, path, [spec, spec], NoFollow) != 0) throw SystemCall.Failure(path);
    }

    /// <summary>Sets the times to now, as the file system counts.</summary>
    public static bool Touch(string path) => utimensat(SystemCall.CurrentDirectory, path, null, NoFollow) == 0;

    public static void SetMode(string path, int mode)
    {
        if (chmod(path, (uint)mode) != 0) throw SystemCall.Failure(path);
    }

    /// <summary>One system call, so it happens or does not; the framework's move checks first and renames later.</summary>
    public static RenameResult Rename(string from, string to)
    {
        if (rename(from, to) == 0) return RenameResult.Done;
        return Marshal.GetLastPInvokeError() switch
        {
            AlreadyThere or NotEmpty => RenameResult.TargetExists,
            OtherDevice => RenameResult.OtherDevice,
            _ => throw SystemCall.Failure(to),
        };
    }

    /// <summary>A new file, open for writing and for nobody else until it has its mode. Two calls fewer than the framework's.</summary>
    public static SafeFileHandle CreateFile(string path)
    {
        var handle = open(path, WriteOnlyCreateNewCloseOnExec, OwnerReadAndWrite);
        return handle.IsInvalid ? throw SystemCall.Failure(path) : handle;
    }

    /// <summary>Writes all of the bytes where the file stands.</summary>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, string path)
    {
        while (!bytes.IsEmpty)
        {
            var written = write(file, ref MemoryMarshal.GetReference(bytes), bytes.Length);
            if (written < 0 && Marshal.GetLastPInvokeError() != Interrupted) throw SystemCall.Failure(path);
            if (written > 0) bytes = bytes[(int)written..];
        }
    }

    /// <summary>Gives an open file its mode and both times.</summary>
    public static void Seal(SafeFileHandle file, int mode, DateTimeOffset time, string path)
    {
        var spec = new TimeSpec((nint)time.ToUnixTimeSeconds(), 0);
        if (fchmod(file, (uint)mode) != 0 || futimens(file, [spec, spec]) != 0) throw SystemCall.Failure(path);
    }

    /// <summary>Gives a file a second name.</summary>
    public static void Link(string file, string name)
    {
        if (link(file, name) != 0) throw SystemCall.Failure(name);
    }

    /// <summary>Opens a file to lock it; unlike the framework's, this opening takes no lock of its own.</summary>
    public static SafeFileHandle OpenLockFile(string path)
    {
        var handle = open(path, ReadWriteCreateCloseOnExec, 0x1b6);
        return handle.IsInvalid ? throw SystemCall.Failure(path) : handle;
    }

    /// <summary>True when the lock was taken; false when another holds it and the operation does not wait.</summary>
    public static bool Lock(SafeFileHandle handle, LockOperation operation)
    {
        while (flock(handle, (int)operation) != 0)
            if (Marshal.GetLastPInvokeError() != Interrupted) return false;
        return true;
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int utimensat(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, TimeSpec[]? times, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int chmod([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(SafeFileHandle file, ref byte bytes, nint count);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fchmod(SafeFileHandle file, uint mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int futimens(SafeFileHandle file, TimeSpec[] times);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(SafeFileHandle handle, int operation);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
