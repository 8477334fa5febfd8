using System.Collections.Immutable;

namespace Strata.Sandbox.HostPackages;

/// <summary>An installed package of the build machine's distribution.</summary>
/// <param name="Depends">Depends and Pre-Depends: each entry lists its alternatives, names only. The system is consistent, so versions need no check.</param>
/// <param name="Provides">Virtual names that this package stands for.</param>
public sealed record HostPackage(
    string Name, string Version, string Architecture, ImmutableArray<ImmutableArray<string>> Depends, ImmutableArray<string> Provides)
{
    /// <summary><c>name=version</c>, the form that enters task keys.</summary>
    public override string ToString() => $"{Name}={Version}";
}
