using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>The packages of an image, each after everything that it needs.</summary>
/// <param name="Depends">For each package the names of the selected packages that it needs, ordinal.</param>
internal sealed record PackageSelection(
    ImmutableArray<AvailablePackage> Packages,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Depends);
