using System.Runtime.InteropServices;

namespace Strata.Core;

/// <summary>
/// An open directory whose names are bytes. The framework turns names into text, and one that is not UTF-8 (any program may make one)
/// does not survive that.
/// </summary>
internal sealed class RawDirectory : IDisposable
{
    private const int NotFound = 2;
    private const int AccessDenied = 13;
    private const int IsADirectory = 21;
    private const int RemoveDirectory = 0x200;
    private const int OwnerAll = 0x1c0;              // 0700
    private const int NameOffset = 19;               // in struct dirent of 64-bit Linux: inode, offset, length, type
    private const int CloseOnExec = 0x80000;

    /// <summary>O_DIRECTORY and O_NOFOLLOW, which differ between architectures.</summary>
    private static readonly int s_directoryNoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0xc000 : 0x30000;

    private readonly int _descriptor;
    private readonly nint _stream;

    private RawDirectory(int descriptor, byte[] name)
    {
        (_descriptor, _stream) = (descriptor, fdopendir(descriptor));
        if (_stream == 0) throw SystemCall.Failure(name, Marshal.GetLastPInvokeError());
    }

    /// <summary>Removes what is at the path, whatever it is.</summary>
    public static void Delete(byte[] path) => Delete(SystemCall.CurrentDirectory, path);

    public void Dispose() => _ = closedir(_stream);

    private static void Delete(int parent, byte[] name)
    {
        var error = Unlink(parent, name, 0);
        if (error is 0 or NotFound) return;
        if (error is not IsADirectory) throw SystemCall.Failure(name, error);

        using (var directory = Open(parent, name)) directory?.Empty();
        if (Unlink(parent, name, RemoveDirectory) is var left and not (0 or NotFound)) throw SystemCall.Failure(name, left);
    }

    /// <summary>Null when it is gone already.</summary>
    private static RawDirectory? Open(int parent, byte[] name)
    {
        var descriptor = TryOpen(parent, name);
        if (descriptor == -AccessDenied && fchmodat(parent, Terminated(name), OwnerAll, 0) == 0) descriptor = TryOpen(parent, name);
        return descriptor switch
        {
            >= 0 => new(descriptor, name),
            -NotFound => null,
            _ => throw SystemCall.Failure(name, -descriptor),
        };
    }

    private void Empty()
    {
        var names = Names();
        // An ordinary user cannot unlink inside a read-only directory, not even as its owner.
        if (names.Count > 0) _ = fchmod(_descriptor, OwnerAll);
        foreach (var name in names) Delete(_descriptor, name);
    }

    private List<byte[]> Names()
    {
        var names = new List<byte[]>();
        while (readdir(_stream) is var entry and not 0)
            if (NameOf(entry) is var name and not ([(byte)'.'] or [(byte)'.', (byte)'.'])) names.Add(name);
        return names;
    }

    private static byte[] NameOf(nint entry)
    {
        var length = 0;
        while (Marshal.ReadByte(entry, NameOffset + length) != 0) length++;
        var name = new byte[length];
        Marshal.Copy(entry + NameOffset, name, 0, length);
        return name;
    }

    /// <summary>The descriptor, or the error number below 0.</summary>
    private static int TryOpen(int parent, byte[] name)
    {
        var descriptor = openat(parent, Terminated(name), CloseOnExec | s_directoryNoFollow);
        return descriptor >= 0 ? descriptor : -Marshal.GetLastPInvokeError();
    }

    private static int Unlink(int parent, byte[] name, int flags) => unlinkat(parent, Terminated(name), flags) == 0 ? 0 : Marshal.GetLastPInvokeError();

    private static byte[] Terminated(byte[] name) => [.. name, 0];

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int openat(int directory, byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int unlinkat(int directory, byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fchmodat(int directory, byte[] path, uint mode, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fchmod(int descriptor, uint mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint fdopendir(int descriptor);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint readdir(nint stream);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int closedir(nint stream);
}
