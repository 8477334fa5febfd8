using System.Collections.Immutable;

namespace Strata.Sandbox;

/// <summary>Overlays that stay mounted until this is disposed.</summary>
/// <param name="Mounts">Where bubblewrap finds each of the wanted overlays.</param>
internal sealed record MountLease(ImmutableArray<Mount> Mounts, Action Release) : IDisposable
{
    public void Dispose() => Release();
}
