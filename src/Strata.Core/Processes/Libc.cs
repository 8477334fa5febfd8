using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Core;

/// <summary>What <see cref="ChildProcess"/> needs of the C library; constants are those of Linux.</summary>
internal static class Libc
{
    public const int NoSuchFile = 2;
    public const int Interrupted = 4;
    public const int KillSignal = 9;
    public const int SetChildSubreaper = 36;
    public const int WriteOnly = 1;
    public const int Create = 0x40;
    public const int Append = 0x400;
    public const int NewFileMode = 0b110_110_110;
    public const int CloseOnExec = 0x80000;
    public const int LimitCore = 4;
    public const int LimitFiles = 7;

    private const int OwnFileSystemState = 0x200;
    private const int OpenFileMask = 0b000_010_010;

    public static void SetFileMask() => _ = umask(OpenFileMask);

    /// <summary>Gives the calling thread a umask of its own, so that the rest of the process keeps its.</summary>
    public static void UseOwnFileMask()
    {
        if (unshare(OwnFileSystemState) == 0) _ = umask(OpenFileMask);
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawnp(out int id, [MarshalAs(UnmanagedType.LPUTF8Str)] string file, nint actions, nint attributes, nint[] arguments, nint[] environment);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawn_file_actions_init(nint actions);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawn_file_actions_adddup2(nint actions, int own, int number);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawn_file_actions_destroy(nint actions);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawnattr_init(nint attributes);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawnattr_setflags(nint attributes, short flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawnattr_setpgroup(nint attributes, int group);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawnattr_setsigmask(nint attributes, byte[] signals);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawnattr_setsigdefault(nint attributes, byte[] signals);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_spawnattr_destroy(nint attributes);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int wait4(int id, out int status, int options, ref Usage usage);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int kill(int id, int signal);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern SafeFileHandle open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int pipe2(int[] ends, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int prlimit(int process, int resource, nint wanted, out Limit present);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int prlimit(int process, int resource, ref Limit wanted, nint present);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int unshare(int flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint umask(uint mask);

    [StructLayout(LayoutKind.Sequential)]
    public struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }

    /// <summary>struct rusage of 64-bit Linux: two times, the peak, and thirteen numbers that are not used here.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 18 * sizeof(long))]
    public struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
        public long PeakKilobytes;

        public readonly ResourceUsage ToResourceUsage() => new(
            TimeSpan.FromSeconds(UserSeconds + SystemSeconds) + TimeSpan.FromMicroseconds(UserMicroseconds + SystemMicroseconds), PeakKilobytes * 1024);
    }
}
