using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Cli.Images;

/// <summary>What <c>strata image inspect</c> says.</summary>
/// <param name="Layers">Config first; empty for an index.</param>
/// <param name="Platforms">The manifests of an index.</param>
/// <param name="Referrers">Artifacts about the image.</param>
internal sealed record ImageAnswer(
    string Place, string Name, string Digest, string MediaType, ImmutableArray<OciDescriptor> Layers, ImmutableArray<OciDescriptor> Platforms, ImmutableArray<OciDescriptor> Referrers);
