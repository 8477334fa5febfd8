using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Execution;

/// <summary>
/// A pipe that every child process inherits, and a private way to read it without waiting. GNU make finds its job-server by the
/// numbers of inherited descriptors; only what is not marked close-on-exec passes through the sandbox.
/// </summary>
internal sealed class PosixPipe : IDisposable
{
    /// <summary>Above the single digits that shell scripts use for themselves.</summary>
    private const int LowestDescriptor = 100;

    private const int DuplicateDescriptor = 0;
    private const int ReadNonBlocking = 0x800 | 0x80000;
    private const short Readable = 1;

    private readonly SafeFileHandle _ownReader;

    public PosixPipe()
    {
        var ends = new int[2];
        Check(pipe(ends));
        (Reader, Writer) = (Raise(ends[0]), Raise(ends[1]));
        // Its own description of the same pipe: clients may rely on a read of theirs that waits.
        _ownReader = open($"/proc/self/fd/{Reader}", ReadNonBlocking);
        if (_ownReader.IsInvalid) throw new Win32Exception();
    }

    /// <summary>Number of the descriptor that children read.</summary>
    public int Reader { get; }

    /// <summary>Number of the descriptor that children write.</summary>
    public int Writer { get; }

    /// <summary>Takes one byte if there is one.</summary>
    public bool TryRead() => read(_ownReader, new byte[1], 1) == 1;

    public void Write(byte value) => Check((int)write(Writer, [value], 1));

    /// <summary>True as soon as there is something to read, false after the time has passed.</summary>
    public bool WaitForInput(TimeSpan timeout) =>
        poll([new() { Descriptor = (int)_ownReader.DangerousGetHandle(), Events = Readable }], 1, (int)timeout.TotalMilliseconds) > 0;

    public void Dispose()
    {
        _ownReader.Dispose();
        _ = close(Reader);
        _ = close(Writer);
    }

    private static int Raise(int descriptor)
    {
        var raised = fcntl(descriptor, DuplicateDescriptor, LowestDescriptor);
        Check(raised);
        _ = close(descriptor);
        return raised;
    }

    private static void Check(int result)
    {
        if (result < 0) throw new Win32Exception();
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int pipe(int[] ends);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, int argument);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint read(SafeFileHandle descriptor, byte[] buffer, nint count);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(int descriptor, byte[] buffer, nint count);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll([In, Out] PollRequest[] requests, nint count, int timeout);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
