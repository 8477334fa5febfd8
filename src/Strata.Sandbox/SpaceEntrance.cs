using System.Collections.Immutable;

namespace Strata.Sandbox;

/// <summary>How a command gets into the namespaces of a <see cref="MountSpace"/>.</summary>
/// <param name="Words">What to write before the arguments of bubblewrap.</param>
internal sealed record SpaceEntrance(ImmutableArray<string> Words)
{
    /// <summary>Calls bubblewrap by a name in the directory: by that, hold.sh knows its sandboxes.</summary>
    public static SpaceEntrance Make(string directory, ImmutableArray<string> prefix, (string Process, string Nsenter, string Bubblewrap) ready)
    {
        var name = Path.Combine(directory, "bwrap");
        File.CreateSymbolicLink(name, ready.Bubblewrap);
        return new([.. prefix, ready.Nsenter, "--user", "--mount", "--preserve-credentials", "--target", ready.Process, "--", name]);
    }
}
