using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>What a policy says of a package of an image.</summary>
/// <param name="License">LICENSE as the recipe states it for the package.</param>
/// <param name="Path">From what the image names to the package.</param>
public sealed record PackageVerdict(string Package, string Recipe, string License, LicenseVerdict Verdict, ImmutableArray<string> Path)
{
    /// <summary>What is linked with its files and must not be, or must be reviewed.</summary>
    public ImmutableArray<LinkVerdict> Linked { get; init; } = [];

    /// <summary>The worst of everything.</summary>
    [JsonIgnore]
    public PolicyDecision Decision => Linked.Select(l => l.Finding.Decision).Append(Verdict.Decision).Max();
}
