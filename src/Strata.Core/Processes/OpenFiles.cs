namespace Strata.Core;

/// <summary>How many files this process may have open.</summary>
public static class OpenFiles
{
    /// <summary>The framework raises it to what the host allows at most.</summary>
    public static long Most => Libc.prlimit(0, Libc.LimitFiles, 0, out var limit) == 0 ? (long)Math.Min(limit.Soft, int.MaxValue) : 1024;
}
