namespace Strata.Core;

/// <summary>Limits of the processes that this one starts.</summary>
internal static class LimitsForChildren
{
    /// <summary>Programs that close every descriptor they could have take seconds where a host allows a billion.</summary>
    private const nuint OpenFiles = 1024;

    /// <summary>
    /// Of a child that was started just now: before it has begun, as far as anybody can see. This process must keep its own limit all
    /// the time, as a build of a thousand recipes holds more files open.
    /// </summary>
    public static void Apply(int child)
    {
        Lower(child, Libc.LimitFiles, OpenFiles);
        Lower(child, Libc.LimitCore, 0);
    }

    /// <summary>A host that allows less keeps its own.</summary>
    private static void Lower(int child, int resource, nuint limit)
    {
        if (Libc.prlimit(child, resource, 0, out var before) != 0) return;     // it has ended already
        var lowered = before with { Soft = Math.Min(before.Soft, limit) };
        _ = Libc.prlimit(child, resource, ref lowered, 0);
    }
}
