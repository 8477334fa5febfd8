using System.Runtime.InteropServices;
using System.Text;

namespace Strata.Core;

/// <summary>The extended attributes of a path, which the framework does not tell.</summary>
public static class ExtendedAttributes
{
    private const int TooSmall = 34;
    private const int Gone = 61;
    private const int NotSupported = 95;

    /// <summary>Names of the path's attributes (of the path itself, be it a link), ordinal; empty where the file system has none.</summary>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public static IReadOnlyList<string> Names(string path)
    {
        var list = Read(path, buffer => llistxattr(path, buffer, (nuint)buffer.Length));
        return list is null ? [] : [.. Encoding.UTF8.GetString(list).Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>Null when the path does not have it.</summary>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public static byte[]? Find(string path, string name) => Read(path, buffer => lgetxattr(path, name, buffer, (nuint)buffer.Length));

    private static byte[]? Read(string path, Func<byte[], nint> call)
    {
        for (var buffer = new byte[256]; ; buffer = new byte[buffer.Length * 4])
        {
            if (call(buffer) is >= 0 and var length) return buffer[..(int)length];
            if (Marshal.GetLastPInvokeError() is var error and not TooSmall) return error is Gone or NotSupported ? null : throw SystemCall.Failure(path, error);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint llistxattr([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] list, nuint size);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint lgetxattr([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [Out] byte[] value, nuint size);
}
