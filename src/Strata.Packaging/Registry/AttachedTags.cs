using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Tags that say something about a manifest, for registries without the referrers API and for readers that know no other way.</summary>
internal static class AttachedTags
{
    /// <summary>Cosign's, for signatures.</summary>
    public static string Signatures(Digest manifest) => $"{Referrers(manifest)}.sig";

    /// <summary>Cosign's, for attestations.</summary>
    public static string Attestations(Digest manifest) => $"{Referrers(manifest)}.att";

    /// <summary>The distribution specification's index of referrers.</summary>
    public static string Referrers(Digest manifest) => $"sha256-{manifest.Hex}";

    public static ImmutableArray<string> Of(Digest manifest) => [Signatures(manifest), Attestations(manifest), Referrers(manifest)];
}
