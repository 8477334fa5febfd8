namespace Strata.Cache;

/// <summary>Turns what the operating system says into what the user can do about it.</summary>
internal static class StoreErrors
{
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    /// <summary>Whether the exception is the outside world's doing and <see cref="Translate"/> should be thrown in its place.</summary>
    public static bool Covers(Exception e) => e is IOException or UnauthorizedAccessException;

    public static StoreException Translate(string path, Exception e) => new(e switch
    {
        // On Unix the framework puts errno there.
        { HResult: NoSpace or QuotaExceeded } => CacheRules.DiskFull(path),
        UnauthorizedAccessException or { HResult: NotPermitted or AccessDenied or ReadOnlyFileSystem } => CacheRules.NotWritable(path, e.Message),
        _ => CacheRules.Failed(path, e.Message),
    }, e);

    /// <inheritdoc cref="Guard{T}"/>
    public static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });

    /// <summary>Does the work; what the outside world breaks in it comes out as a <see cref="StoreException"/> about the path.</summary>
    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (Covers(e))
        {
            throw Translate(path, e);
        }
    }
}
