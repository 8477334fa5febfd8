using Microsoft.Win32.SafeHandles;

namespace Strata.Cache;

/// <summary>
/// Shared by everyone who has the store open, exclusive for garbage collection. The kernel drops it with the process,
/// so a killed build blocks nobody.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <summary>Waits while garbage is collected, which holds the lock only for a moment.</summary>
    public StoreLock(string file)
    {
        _handle = Posix.OpenLockFile(file);
        Share();
    }

    /// <summary>False when another process, or another opening in this one, has the store open.</summary>
    public bool TryExclude()
    {
        var alone = Posix.Lock(_handle, LockOperation.TryExclusive);
        if (!alone) Share();                 // a failed conversion drops the lock that was held
        return alone;
    }

    public void Share() => Posix.Lock(_handle, LockOperation.Shared);

    public void Dispose() => _handle.Dispose();
}
