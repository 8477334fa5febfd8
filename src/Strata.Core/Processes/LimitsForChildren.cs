namespace Strata.Core;

/// <summary>Lowers this process's soft limits to what its children are to inherit, for as long as one is being started.</summary>
internal sealed class LimitsForChildren : IDisposable
{
    /// <summary>Programs that close every descriptor they could have take seconds where a host allows a billion.</summary>
    private const nuint OpenFiles = 1024;

    private readonly Libc.Limit _files = Lower(Libc.LimitFiles, OpenFiles);
    private readonly Libc.Limit _core = Lower(Libc.LimitCore, 0);

    public void Dispose()
    {
        var (files, core) = (_files, _core);
        _ = Libc.setrlimit(Libc.LimitFiles, ref files);
        _ = Libc.setrlimit(Libc.LimitCore, ref core);
    }

    /// <summary>A host that allows less keeps its own.</summary>
    private static Libc.Limit Lower(int resource, nuint limit)
    {
        _ = Libc.getrlimit(resource, out var before);
        var lowered = before with { Soft = Math.Min(before.Soft, limit) };
        _ = Libc.setrlimit(resource, ref lowered);
        return before;
    }
}
