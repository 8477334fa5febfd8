using System.Collections.Immutable;

namespace Strata.Cli;

/// <summary>The directory that a build belongs to: the one that holds <c>conf/bblayers.conf</c>.</summary>
/// <param name="TopDirectory">Absolute; TOPDIR of the metadata.</param>
/// <param name="Variables">Values that the environment hands to the metadata, such as MACHINE.</param>
public sealed record Workspace(string TopDirectory, ImmutableSortedDictionary<string, string> Variables)
{
    /// <summary>The variable that is "1" when tasks run without isolation.</summary>
    public const string Unsandboxed = "STRATA_UNSANDBOXED";

    private static readonly string[] s_passedThrough = ["MACHINE", "DISTRO", "TCMODE", "TCLIBC", "BB_NO_NETWORK", "SSTATE_DIR", "DL_DIR", Unsandboxed];

    /// <summary>Looks in <paramref name="start"/> and upwards; null when no directory up to the root is a workspace.</summary>
    public static Workspace? Find(string start, IReadOnlyDictionary<string, string> environment)
    {
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "conf", "bblayers.conf")))
                return new(directory.FullName, PassedThrough(environment));
        return null;
    }

    public Workspace WithoutSandboxes() => this with { Variables = Variables.SetItem(Unsandboxed, "1") };

    /// <summary>Machines to build for besides that of the plain configuration, each in a configuration of its own.</summary>
    public ImmutableArray<string> OtherMachines { get; init; } = [];

    /// <summary>Everything that a build makes.</summary>
    public string BuildDirectory => Path.Combine(TopDirectory, "build");

    /// <summary>As BitBake: a short list, extended by BB_ENV_PASSTHROUGH_ADDITIONS; nothing else of the environment can change a build.</summary>
    private static ImmutableSortedDictionary<string, string> PassedThrough(IReadOnlyDictionary<string, string> environment)
    {
        var additions = environment.GetValueOrDefault("BB_ENV_PASSTHROUGH_ADDITIONS", "");
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in s_passedThrough.Concat(additions.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            if (environment.TryGetValue(name, out var value)) variables[name] = value;
        return variables.ToImmutable();
    }
}
