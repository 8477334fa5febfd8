using Strata.Core;

namespace Strata.Cache;

/// <summary>Which permission bits an artifact keeps.</summary>
internal static class Modes
{
    private const int ReadAndExecute = 0x16d;           // 0555
    private const int SetIds = 0xc00;                   // 06000
    private const int Sticky = 0x200;                   // 01000
    private const int OwnerRead = 0x100;                // 0400
    private const int OwnerReadAndExecute = 0x140;      // 0500

    public const int TopDirectory = ReadAndExecute;

    public const int OwnerAll = 0x1c0;                  // 0700

    /// <summary>
    /// Without write permission, because artifacts are read-only and the umask must not reach a digest. Always readable for
    /// the owner, or the artifact could neither be digested nor used.
    /// </summary>
    public static int Sealed(FileType type, int mode) => type switch
    {
        FileType.File => mode & (ReadAndExecute | SetIds | Sticky) | OwnerRead,

        // Directories inherit the set-group-id bit from where the workspace happens to lie.
        FileType.Directory => mode & (ReadAndExecute | Sticky) | OwnerReadAndExecute,
        _ => 0,
    };
}
