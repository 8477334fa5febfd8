using System.Collections.Immutable;

namespace Strata.Sandbox;

/// <param name="Steps">Overlays to mount, in this order, in the mount space.</param>
/// <param name="Mounts">Where bubblewrap finds each overlay on the host.</param>
internal sealed record MountPlan(ImmutableArray<MountStep> Steps, ImmutableArray<Mount> Mounts);

/// <param name="Name">Mount point, relative to the mount space.</param>
internal sealed record MountStep(string Name, string Options);
