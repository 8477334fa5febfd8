using System.Runtime.InteropServices;

namespace Strata.Core;

/// <summary>What happens between fork and exec: descriptors get their numbers, signals their defaults, the process mostly its own group.</summary>
internal sealed class SpawnActions : IDisposable
{
    /// <summary>More than either structure takes in any C library for Linux (336 bytes in glibc).</summary>
    private const int Room = 512;

    /// <summary>Of the kernel and of every C library: 1024 signals.</summary>
    private const int SignalSetBytes = 128;

    private const short SetGroup = 0x02;
    private const short SetDefaultSignals = 0x04;
    private const short SetSignalMask = 0x08;

    /// <param name="ownGroup">False leaves it in the group of this process, with which it then shares the terminal.</param>
    public SpawnActions(IReadOnlyList<(SafeHandle Own, int Number)> descriptors, bool ownGroup)
    {
        _ = Libc.posix_spawn_file_actions_init(Files);
        foreach (var (own, number) in descriptors) _ = Libc.posix_spawn_file_actions_adddup2(Files, (int)own.DangerousGetHandle(), number);

        var (none, all) = (new byte[SignalSetBytes], new byte[SignalSetBytes]);
        Array.Fill(all, byte.MaxValue, 0, 8);
        _ = Libc.posix_spawnattr_init(Attributes);
        _ = Libc.posix_spawnattr_setsigmask(Attributes, none);
        // This process ignores SIGPIPE, which a child would inherit.
        _ = Libc.posix_spawnattr_setsigdefault(Attributes, all);
        _ = Libc.posix_spawnattr_setpgroup(Attributes, 0);
        _ = Libc.posix_spawnattr_setflags(Attributes, (short)((ownGroup ? SetGroup : 0) | SetDefaultSignals | SetSignalMask));
    }

    public nint Files { get; } = Marshal.AllocHGlobal(Room);

    public nint Attributes { get; } = Marshal.AllocHGlobal(Room);

    public void Dispose()
    {
        _ = Libc.posix_spawn_file_actions_destroy(Files);
        _ = Libc.posix_spawnattr_destroy(Attributes);
        Marshal.FreeHGlobal(Files);
        Marshal.FreeHGlobal(Attributes);
    }
}
