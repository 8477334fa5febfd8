using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>A manifest or index with the very bytes that its digest is made over.</summary>
public sealed record ImageManifest(string MediaType, byte[] Bytes)
{
    public Digest Digest { get; } = Digest.Of(Bytes);

    public OciDescriptor Descriptor => new(MediaType, Digest.ToString(), Bytes.Length) { ArtifactType = MediaType == OciMediaTypes.Manifest ? Manifest.ArtifactType : null };

    public bool IsIndex => MediaType is OciMediaTypes.Index or OciMediaTypes.DockerIndex;

    /// <summary>The manifests that an index names; empty for a manifest.</summary>
    /// <exception cref="ImageException">The bytes are no index.</exception>
    public ImmutableArray<OciDescriptor> Children =>
        !IsIndex ? [] : OciJson.TryRead(Bytes, OciJson.Default.OciIndex) is { Manifests.IsDefault: false } index ? index.Manifests : throw NotOne();

    /// <exception cref="ImageException">The bytes are no manifest of an image or artifact.</exception>
    internal OciManifest Manifest => OciJson.TryRead(Bytes, OciJson.Default.OciManifest) is { Config: not null, Layers.IsDefault: false } manifest ? manifest : throw NotOne();

    /// <summary>Config and layers; empty for an index.</summary>
    public ImmutableArray<OciDescriptor> Blobs => IsIndex ? [] : [Manifest.Config, .. Manifest.Layers];

    public static ImageManifest Of(OciManifest manifest) => new(OciMediaTypes.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, OciJson.Default.OciManifest));

    public static ImageManifest Of(OciIndex index) => new(OciMediaTypes.Index, JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Default.OciIndex));

    private ImageException NotOne() => new(ImageRules.Damaged(Digest.ToString(), $"this is not a document of type {MediaType}"));
}
