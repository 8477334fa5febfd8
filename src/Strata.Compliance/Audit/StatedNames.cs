using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>How the world calls what an SBOM states.</summary>
/// <param name="Cpes">CPE 2.3 formatted strings.</param>
public sealed record StatedNames(ImmutableArray<string> Purls, ImmutableArray<string> Cpes)
{
    public static StatedNames None { get; } = new([], []);

    public bool IsEmpty => Purls.IsEmpty && Cpes.IsEmpty;
}
