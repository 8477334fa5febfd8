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

    /// <summary>Absolute and without detours, in the order of BBLAYERS; a layer without a collection has no name.</summary>
    public ImmutableArray<(string Name, string Directory)> Layers => field.IsDefault ? field = [.. FindLayers()] : field;

    /// <summary>Files that the build reads, absolute and without detours.</summary>
    public ImmutableArray<string> Files => field.IsDefault ? field = [.. Metadata.Inputs.Where(File.Exists).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)] : field;

    public required bool OnlyCopyleft { get; init; }

    public required SourceTools Sources { get; init; }

    private IEnumerable<(string Name, string Directory)> FindLayers()
    {
        var names = Metadata.Layers.Where(l => l.Directory.Length > 0).ToLookup(l => Normal(l.Directory), l => l.Name, StringComparer.Ordinal);
        return Words.Of(Metadata.Configuration.Get("BBLAYERS")).Select(Normal).Distinct(StringComparer.Ordinal).Select(d => (names[d].FirstOrDefault() ?? "", d));

        string Normal(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory, Workspace.TopDirectory));
    }
}
