using System.Collections.Immutable;

namespace Strata.Sandbox;

/// <summary>An overlay that is mounted in the mount space, or about to be.</summary>
/// <param name="Name">Mount point, relative to the mount space.</param>
/// <param name="Below">Overlays that it is made of, when it has more lower directories than the kernel takes.</param>
/// <param name="Mounted">Fails when the kernel refuses.</param>
internal sealed record MountedOverlay(string Name, string Options, ImmutableArray<MountedOverlay> Below, Task Mounted)
{
    public int Users { get; set; }

    /// <summary>Counts requests; the smallest was not wanted for longest.</summary>
    public long LastUse { get; set; }
}
