using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Packaging;

/// <summary>Artifacts that say something about an image: SBOMs, licence manifests, provenance, signatures.</summary>
public static class Referrers
{
    private static readonly byte[] s_empty = "{}"u8.ToArray();

    /// <summary>Attaches a document; the same one twice is there once.</summary>
    /// <param name="artifactType">Media type of what it is, such as <c>application/spdx+json</c>.</param>
    public static async Task<ImageManifest> AttachAsync(ImageStore store, ImageManifest subject, string artifactType, byte[] document, string title, CancellationToken cancel)
    {
        var config = await store.WriteBytesAsync(OciMediaTypes.Empty, s_empty, cancel);
        var layer = await store.WriteBytesAsync(artifactType, document, cancel);
        var manifest = ImageManifest.Of(new OciManifest(2, OciMediaTypes.Manifest, config, [layer with { Annotations = OciAnnotations.Of("org.opencontainers.image.title", title) }])
        {
            ArtifactType = artifactType,
            Subject = subject.Descriptor,
        });
        await AddAsync(store, subject, manifest, cancel);
        return manifest;
    }

    /// <summary>Manifests about the subject, by digest.</summary>
    public static async Task<ImmutableArray<OciDescriptor>> ListAsync(ImageStore store, ImageManifest subject, CancellationToken cancel) =>
        await store.ReferrersAsync(subject.Digest, cancel) is { } known ? known
        : await store.FindAsync(AttachedTags.Referrers(subject.Digest), cancel) is { } index ? index.Children
        : [];

    /// <summary>The answer of a registry that keeps such a list.</summary>
    public static ImageManifest IndexOf(IEnumerable<OciDescriptor> referrers) =>
        ImageManifest.Of(new OciIndex(2, OciMediaTypes.Index, [.. referrers.OrderBy(r => r.Digest, StringComparer.Ordinal)]));

    /// <summary>The documents that are attached, attested ones without their envelope. No signature is checked: see <see cref="ImageSigner"/>.</summary>
    public static async Task<ImmutableArray<AttachedDocument>> ReadAsync(ImageStore store, ImageManifest subject, CancellationToken cancel)
    {
        var documents = ImmutableArray.CreateBuilder<AttachedDocument>();
        foreach (var descriptor in await ListAsync(store, subject, cancel))
            if (await store.FindAsync(descriptor.Digest, cancel) is { IsIndex: false } manifest)
                foreach (var layer in manifest.Manifest.Layers) documents.Add(Unwrapped(layer.MediaType, await store.ReadBytesAsync(layer, cancel)));
        return documents.ToImmutable();
    }

    private static AttachedDocument Unwrapped(string type, byte[] content) =>
        type == Envelope.MediaType && OciJson.TryRead(content, OciJson.Default.Envelope) is { Payload: not null } envelope
        && OciJson.TryRead(envelope.Content, OciJson.Default.Statement) is { PredicateType: not null } statement
            ? new(statement.PredicateType, JsonSerializer.SerializeToUtf8Bytes(statement.Predicate, OciJson.Default.JsonElement))
            : new(type, content);

    /// <summary>Where the store does not keep the list itself, an index under a tag does.</summary>
    internal static async Task AddAsync(ImageStore store, ImageManifest subject, ImageManifest manifest, CancellationToken cancel)
    {
        await store.WriteManifestAsync(manifest, null, cancel);
        if (await store.ReferrersAsync(subject.Digest, cancel) is not null) return;
        var others = (await ListAsync(store, subject, cancel)).Where(m => m.Digest != manifest.Descriptor.Digest);
        await store.WriteManifestAsync(IndexOf(others.Append(manifest.Descriptor)), AttachedTags.Referrers(subject.Digest), cancel);
    }
}
