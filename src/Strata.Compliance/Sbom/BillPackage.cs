using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>An installed package with what is known of its terms.</summary>
public sealed record BillPackage
{
    public required InstalledPackage Package { get; init; }

    /// <summary>What the recipe says, as an SPDX expression; or <see cref="BillOfMaterials.NoAssertion"/>.</summary>
    public required string DeclaredLicense { get; init; }

    /// <summary>
    /// The terms of the package as it ships, those of what was linked into its files included, where they rest on a licence text that was
    /// reviewed (LIC_FILES_CHKSUM).
    /// </summary>
    public required string ConcludedLicense { get; init; }

    /// <summary>Code of others inside of its files, with their terms.</summary>
    public ImmutableArray<LinkedCode> Linked { get; init; } = [];

    /// <summary>Why the concluded terms are others than the declared ones; empty when they are not.</summary>
    public string LicenseComment => Linked.IsEmpty ? "" : $"Linked into files of the package: {LinkedTerms.Text(Linked)}";

    /// <summary>The terms of one of its files: the package's, and those of what was linked into this one.</summary>
    public string LicenseOf(PackagedFile file) =>
        ConcludedOwn == BillOfMaterials.NoAssertion ? ConcludedOwn : LinkedTerms.Joined(ConcludedOwn, Linked.Where(l => l.Files.Contains(file.Path, StringComparer.Ordinal))) ?? BillOfMaterials.NoAssertion;

    /// <summary>The concluded terms of the recipe's own code.</summary>
    internal string ConcludedOwn { get; init; } = BillOfMaterials.NoAssertion;

    /// <summary>Copyright notices of the recipe's sources, one a line.</summary>
    public required string Copyright { get; init; }

    /// <summary>Package URL.</summary>
    public required string Purl { get; init; }

    public ImmutableArray<string> Cpes { get; init; } = [];

    /// <summary>Entries with content, in the order of their paths.</summary>
    public IEnumerable<PackagedFile> Files => Package.Files.Where(f => f.Sha256 is not null);
}
