using System.Collections.Immutable;
using System.Globalization;

namespace Strata.Sandbox;

/// <summary>Turns a specification into the arguments of bubblewrap. Pure: same specification, same arguments.</summary>
public static class Bubblewrap
{
    /// <summary>The descriptor on which bubblewrap reports its child and how the command ended.</summary>
    public const int StatusDescriptor = 8;

    /// <param name="spec">What the sandbox is to show.</param>
    /// <param name="overlays">Where each of the specification's overlays, the root among them, stands on the host.</param>
    public static ImmutableArray<string> Arguments(SandboxSpec spec, IEnumerable<Mount> overlays) =>
    [
        "--json-status-fd", StatusDescriptor.ToString(CultureInfo.InvariantCulture),
        "--unshare-all", "--unshare-user", .. spec.Network is Network.Host ? s_shareNetwork : [],
        "--die-with-parent", .. spec.OnTerminal ? [] : s_newSession,
        // Without this the uid 0 inside could make its read-only mounts writable again, the store's artifacts among them.
        "--cap-drop", "ALL", "--uid", "0", "--gid", "0",
        "--hostname", "strata", "--clearenv",
        // Parents before children, or a later mount would hide an earlier one beneath it.
        .. overlays.Concat(spec.Mounts).Concat(s_fresh).OrderBy(m => m.Target, StringComparer.Ordinal).SelectMany(Words),
        "--remount-ro", "/build",              // last: mount points below it were made on the empty directory
        .. spec.Environment.SelectMany(v => new[] { "--setenv", v.Key, v.Value }),
        "--chdir", spec.WorkingDirectory, "--", .. spec.Command,
    ];

    /// <summary>Keeps what runs inside from typing on the terminal of the user.</summary>
    private static readonly string[] s_newSession = ["--new-session"];

    private static readonly string[] s_shareNetwork = ["--share-net"];

    /// <summary>What every sandbox gets new; the source is bubblewrap's word for it.</summary>
    private static readonly Mount[] s_fresh =
    [
        new("--tmpfs", "/build", Writable: true),
        new("--dev", "/dev", Writable: true),
        new("--proc", "/proc", Writable: true),
        new("--tmpfs", "/tmp", Writable: true),
    ];

    private static string[] Words(Mount mount) => mount.Source.StartsWith('-')
        ? [mount.Source, mount.Target]
        : [mount.Writable ? "--bind" : "--ro-bind", mount.Source, mount.Target];
}
