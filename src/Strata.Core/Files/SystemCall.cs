using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Strata.Core;

/// <summary>What callers of the C library share.</summary>
public static class SystemCall
{
    /// <summary>AT_FDCWD: relative paths start at the working directory.</summary>
    public const int CurrentDirectory = -100;

    /// <summary>Why the latest call failed.</summary>
    public static IOException Failure(string path) => Failure(path, Marshal.GetLastPInvokeError());

    /// <summary>As the framework does it: the error number becomes the <c>HResult</c>.</summary>
    public static IOException Failure(string path, int error) => new($"{path}: {new Win32Exception(error).Message}", error);

    internal static IOException Failure(ReadOnlySpan<byte> path, int error) => Failure(Encoding.UTF8.GetString(path), error);
}
