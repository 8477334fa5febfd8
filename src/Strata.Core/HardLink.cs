using System.Runtime.InteropServices;

namespace Strata.Core;

/// <summary>Second names for files.</summary>
public static class HardLink
{
    /// <summary>False when the name is taken, or the file system cannot do it.</summary>
    public static bool TryMake(string file, string name) => link(file, name) == 0;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
