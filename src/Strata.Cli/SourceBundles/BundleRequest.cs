using System.Collections.Immutable;
using Strata.Cli.Builtins;
using Strata.Compliance;
using Strata.Core;
using Strata.Metadata;
using Strata.Packaging;

namespace Strata.Cli.SourceBundles;

/// <summary>An image that was built, and what its sources are looked for with.</summary>
internal sealed record BundleRequest
{
    public required Workspace Workspace { get; init; }

    public required LoadedMetadata Metadata { get; init; }

    public required Recipe Image { get; init; }

    /// <summary>All that the build of the image uses, the image itself included; by name, then file.</summary>
    public required ImmutableArray<Recipe> Recipes { get; init; }

    public required RootfsManifest Rootfs { get; init; }

    /// <summary>Of the image, by kind; the one that it is known by first.</summary>
    public required ImmutableArray<(string Name, Digest Digest)> Identities { get; init; }

    /// <summary>In the order of BBLAYERS.</summary>
    public required ImmutableArray<ProvenanceLayer> LayerOrigins { get; init; }

    public required bool OnlyCopyleft { get; init; }

    public required SourceTools Sources { get; init; }
}
