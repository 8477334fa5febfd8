using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Where images are: a repository of a registry, or an image layout on disk.</summary>
public abstract class ImageStore
{
    /// <summary>Of manifests and of what signatures and attestations are; image layers have no limit.</summary>
    public const int MostDocumentBytes = 16 << 20;

    /// <summary>For messages.</summary>
    public abstract string Place { get; }

    /// <param name="name">A tag or a digest.</param>
    public abstract Task<ImageManifest?> FindAsync(string name, CancellationToken cancel);

    /// <summary>Its digest, without fetching it.</summary>
    public abstract Task<Digest?> FindDigestAsync(string name, CancellationToken cancel);

    public abstract Task<bool> HasBlobAsync(OciDescriptor blob, CancellationToken cancel);

    /// <summary>Not verified: whoever keeps the bytes does that.</summary>
    public abstract Task<Stream> OpenBlobAsync(OciDescriptor blob, CancellationToken cancel);

    /// <summary>Takes the blob from elsewhere, unless it is here.</summary>
    public abstract Task TakeBlobAsync(OciDescriptor blob, ImageStore source, CancellationToken cancel);

    public abstract Task WriteBlobAsync(OciDescriptor blob, Stream content, CancellationToken cancel);

    /// <param name="tag">Null where an index or a subject leads to it.</param>
    public abstract Task WriteManifestAsync(ImageManifest manifest, string? tag, CancellationToken cancel);

    /// <summary>Ordinal.</summary>
    public abstract Task<ImmutableArray<string>> TagsAsync(CancellationToken cancel);

    /// <summary>Manifests whose subject it is; null when this store keeps no such list.</summary>
    public virtual Task<ImmutableArray<OciDescriptor>?> ReferrersAsync(Digest subject, CancellationToken cancel) => Task.FromResult<ImmutableArray<OciDescriptor>?>(null);

    /// <exception cref="ImageException">There is none of that name.</exception>
    public async Task<ImageManifest> GetAsync(string name, CancellationToken cancel) =>
        await FindAsync(name, cancel) ?? throw new ImageException(ImageRules.NoSuchImage($"{name} in {Place}"));

    public async Task<OciDescriptor> WriteBytesAsync(string mediaType, byte[] bytes, CancellationToken cancel)
    {
        var blob = new OciDescriptor(mediaType, Digest.Of(bytes).ToString(), bytes.Length);
        if (!await HasBlobAsync(blob, cancel)) await WriteBlobAsync(blob, new MemoryStream(bytes, writable: false), cancel);
        return blob;
    }

    /// <exception cref="ImageException">Its bytes are not those that the descriptor promises.</exception>
    public async Task<byte[]> ReadBytesAsync(OciDescriptor blob, CancellationToken cancel)
    {
        if (blob.Size is < 0 or > MostDocumentBytes) throw new ImageException(ImageRules.Damaged(Place, $"{blob.Digest} claims to have {blob.Size} bytes"));
        await using var stream = await OpenBlobAsync(blob, cancel);
        var bytes = new byte[blob.Size + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        var content = bytes[..length];
        return Digest.Of(content).ToString() == blob.Digest ? content : throw Wrong(blob);
    }

    protected ImageException Wrong(OciDescriptor blob) => new(ImageRules.Damaged(Place, $"the bytes of {blob.Digest} are not those that it names"));
}
