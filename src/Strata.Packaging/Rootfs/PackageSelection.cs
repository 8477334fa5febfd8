using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>The packages of an image, each after everything that it needs.</summary>
/// <param name="Depends">For each package the names of the selected packages that it needs, ordinal.</param>
internal sealed record PackageSelection(
    ImmutableArray<AvailablePackage> Packages,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Depends)
{
    /// <summary>Packages whose script after installation has run while the image was made.</summary>
    public ImmutableHashSet<string> Configured { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What the first boot has to run for a package; empty when nothing.</summary>
    public string FirstBootScriptOf(AvailablePackage package) => MaintainerScripts.OnTarget(package.Manifest, Configured.Contains(package.Name));
}
