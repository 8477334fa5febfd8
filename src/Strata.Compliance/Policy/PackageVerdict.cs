using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>What a policy says of a package of an image.</summary>
/// <param name="License">LICENSE as the recipe states it for the package.</param>
/// <param name="Path">From what the image names to the package.</param>
public sealed record PackageVerdict(string Package, string Recipe, string License, LicenseVerdict Verdict, ImmutableArray<string> Path);
