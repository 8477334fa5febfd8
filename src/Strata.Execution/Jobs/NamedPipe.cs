using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Execution;

/// <summary>
/// A pipe with a name that every child process inherits as well, and a private way to read it without waiting. Only descriptors that are
/// not marked close-on-exec pass through the sandbox.
/// </summary>
internal sealed class NamedPipe : IDisposable
{
    /// <summary>Above the single digits that shell scripts use for themselves.</summary>
    private const int LowestDescriptor = 100;

    private const int DuplicateDescriptor = 0;
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int OwnerOnly = 0x180;
    private const int NobodyReads = 6;
    private const short Readable = 1;

    private readonly SafeFileHandle _ownReader;

    /// <param name="path">What is there is replaced.</param>
    public NamedPipe(string path)
    {
        Path = path;
        // Under its name it is open from the beginning: who sweeps can tell it from what was left behind.
        var fresh = path + ".new";
        Check(mkfifo(fresh, OwnerOnly));
        // Its own description of the same pipe: clients may rely on a read of theirs that waits.
        _ownReader = open(fresh, NonBlocking | CloseOnExec);
        if (_ownReader.IsInvalid) throw new Win32Exception();
        using var both = open(fresh, ReadWrite | CloseOnExec);
        if (both.IsInvalid) throw new Win32Exception();
        (Reader, Writer) = (Duplicate(both), Duplicate(both));
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Removes the pipes of the directory that nobody has open: their processes were killed.</summary>
    public static void Sweep(string directory, string pattern)
    {
        foreach (var path in Directory.EnumerateFiles(directory, pattern))
        {
            using var writer = open(path, WriteOnly | NonBlocking | CloseOnExec);
            if (writer.IsInvalid && Marshal.GetLastPInvokeError() == NobodyReads) File.Delete(path);
        }
    }

    /// <summary>On this host.</summary>
    public string Path { get; }

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
        File.Delete(Path);
    }

    private static int Duplicate(SafeFileHandle descriptor)
    {
        var number = fcntl(descriptor, DuplicateDescriptor, LowestDescriptor);
        Check(number);
        return number;
    }

    private static void Check(int result)
    {
        if (result < 0) throw new Win32Exception();
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkfifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(SafeFileHandle descriptor, int command, int argument);

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
