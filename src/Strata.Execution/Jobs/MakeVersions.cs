using System.Collections.Concurrent;
using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>What the make of a sandbox understands. Each is looked at once in a build.</summary>
internal sealed class MakeVersions
{
    /// <summary>An option of GNU make since 4.4, the first one that knows named pipes. Asking the program would take a sandbox.</summary>
    private static readonly byte[] s_option = "jobserver-style"u8.ToArray();

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Whether the first make along PATH knows them; also when there is none, for what else may know job-servers.</summary>
    public bool KnowNamedPipes(SandboxSpec spec)
    {
        foreach (var directory in (spec.Environment.GetValueOrDefault("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            foreach (var place in PlacesOf(directory, spec))
                if (Path.Combine(place, "make") is var make && File.Exists(make))
                    return _known.GetOrAdd(make, static m => File.ReadAllBytes(m).AsSpan().IndexOf(s_option) >= 0);
        return true;
    }

    /// <summary>The directories on this host that are seen as one inside, the topmost first.</summary>
    private static IEnumerable<string> PlacesOf(string directory, SandboxSpec spec)
    {
        foreach (var overlay in spec.Overlays.OrderByDescending(o => o.Target.Length))
            if (Below(overlay.Target, directory) is { } path)
                foreach (var lower in overlay.Lowers) yield return Path.Join(lower, path);
        if (spec.HostRoot) yield return directory;
    }

    private static string? Below(string mount, string path) =>
        mount == "/" ? path : (path + "/").StartsWith(mount + "/", StringComparison.Ordinal) ? path[mount.Length..] : null;
}
