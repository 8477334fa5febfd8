using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>An installed package with what is known of its terms.</summary>
public sealed record BillPackage
{
    public required InstalledPackage Package { get; init; }

    /// <summary>What the recipe says, as an SPDX expression; or <see cref="BillOfMaterials.NoAssertion"/>.</summary>
    public required string DeclaredLicense { get; init; }

    /// <summary>The same, where it rests on a licence text that was reviewed (LIC_FILES_CHKSUM).</summary>
    public required string ConcludedLicense { get; init; }

    /// <summary>Copyright notices of the recipe's sources, one a line.</summary>
    public required string Copyright { get; init; }

    /// <summary>Package URL.</summary>
    public required string Purl { get; init; }

    public ImmutableArray<string> Cpes { get; init; } = [];

    /// <summary>Entries with content, in the order of their paths.</summary>
    public IEnumerable<PackagedFile> Files => Package.Files.Where(f => f.Sha256 is not null);
}
