using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>What an image consists of and where it came from: the one model that every SBOM format is written from.</summary>
public sealed record BillOfMaterials
{
    /// <summary>What SPDX says where nobody has decided.</summary>
    public const string NoAssertion = "NOASSERTION";

    /// <summary>IMAGE_NAME.</summary>
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required BillOrigin Origin { get; init; }

    /// <summary>Installed packages, by name.</summary>
    public required ImmutableArray<BillPackage> Packages { get; init; }

    /// <summary>What was linked into files of the packages, by kind and name.</summary>
    public ImmutableArray<BillComponent> Components { get; init; } = [];

    /// <summary>Recipes that the packages and what is linked into them were made by, by name.</summary>
    public required ImmutableArray<BillRecipe> Recipes { get; init; }

    /// <summary>Entries that no package owns.</summary>
    public required ImmutableArray<PackagedFile> Generated { get; init; }

    /// <summary>Texts of the licences that the SPDX list does not have, by <c>LicenseRef-</c> name.</summary>
    public required ImmutableSortedDictionary<string, string> LicenseTexts { get; init; }

    /// <summary>Of everything above: the same content has the same identity, anything else another one.</summary>
    public required Digest Identity { get; init; }

    /// <summary>The identity as a UUID of version 8 (RFC 9562): custom, here the first 122 bits of the digest.</summary>
    public Guid Uuid
    {
        get
        {
            var bytes = Convert.FromHexString(Identity.Hex)[..16];
            bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new(bytes, bigEndian: true);
        }
    }
}
