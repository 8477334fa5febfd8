namespace Strata.Core;

/// <summary>The umask of this process.</summary>
public static class FileMask
{
    /// <summary>From now on 022, whatever the user's is: modes of files that built-in tasks make get into artifacts.</summary>
    public static void Fix() => Libc.SetFileMask();
}
