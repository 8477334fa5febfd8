using Strata.Core;

namespace Strata.Packaging;

/// <summary>Identifiers that follow from names, in the form of random UUIDs.</summary>
public static class DerivedUuid
{
    public static string Of(string image, string purpose)
    {
        var hex = Digest.Of($"{image}\n{purpose}").Hex;
        return $"{hex[..8]}-{hex[8..12]}-4{hex[13..16]}-8{hex[17..20]}-{hex[20..32]}";
    }
}
