using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>An OCI image layout: a directory.</summary>
public sealed class LayoutImages(string directory) : ImageStore
{
    private string IndexFile => Path.Combine(directory, "index.json");

    public override string Place => directory;

    /// <summary>The tag of the only image in here that is not about another one.</summary>
    public string? OnlyTag =>
        Index().Manifests.Select(NameOf).OfType<string>().Where(t => !t.StartsWith("sha256-", StringComparison.Ordinal)).ToArray() is [var only] ? only : null;

    public static bool Exists(string directory) => File.Exists(Path.Combine(directory, "oci-layout"));

    public override Task<ImageManifest?> FindAsync(string name, CancellationToken cancel)
    {
        if (Named(name) is not { } descriptor || !Digest.TryParse(descriptor.Digest, out var digest) || !File.Exists(BlobPath(digest))) return Task.FromResult<ImageManifest?>(null);
        var bytes = File.ReadAllBytes(BlobPath(digest));
        return Digest.Of(bytes) == digest ? Task.FromResult<ImageManifest?>(new(TypeOf(descriptor, bytes), bytes)) : throw Wrong(descriptor);
    }

    public override Task<Digest?> FindDigestAsync(string name, CancellationToken cancel) =>
        Task.FromResult<Digest?>(Named(name) is { } descriptor && Digest.TryParse(descriptor.Digest, out var digest) && File.Exists(BlobPath(digest)) ? digest : null);

    public override Task<bool> HasBlobAsync(OciDescriptor blob, CancellationToken cancel) => Task.FromResult(File.Exists(BlobPath(Digest.Parse(blob.Digest))));

    public override Task<Stream> OpenBlobAsync(OciDescriptor blob, CancellationToken cancel)
    {
        var path = BlobPath(Digest.Parse(blob.Digest));
        if (!File.Exists(path)) throw new ImageException(ImageRules.Damaged(directory, $"{blob.Digest} is missing"));
        return Task.FromResult<Stream>(new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan }));
    }

    public override async Task TakeBlobAsync(OciDescriptor blob, ImageStore source, CancellationToken cancel)
    {
        if (await HasBlobAsync(blob, cancel)) return;
        await using var content = await source.OpenBlobAsync(blob, cancel);
        await WriteBlobAsync(blob, content, cancel);
    }

    /// <exception cref="ImageException">The content is not what the descriptor names; nothing is kept.</exception>
    public override async Task WriteBlobAsync(OciDescriptor blob, Stream content, CancellationToken cancel)
    {
        var path = BlobPath(Digest.Parse(blob.Digest));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var scratch = AtomicFile.ScratchName(path);
        try
        {
            await using (var file = new FileStream(scratch, FileMode.CreateNew, FileAccess.Write))
            await using (var hashing = new HashingStream(file))
            {
                await content.CopyToAsync(hashing, cancel);
                if (hashing.Digest.ToString() != blob.Digest || hashing.Length != blob.Size) throw Wrong(blob);
            }
            File.Move(scratch, path, overwrite: true);
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    public override Task WriteManifestAsync(ImageManifest manifest, string? tag, CancellationToken cancel)
    {
        AtomicFile.WriteAllBytes(BlobPath(manifest.Digest), manifest.Bytes);
        if (tag is not null) Name(manifest.Descriptor, tag);
        return Task.CompletedTask;
    }

    public override Task<ImmutableArray<string>> TagsAsync(CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<string>>([.. Index().Manifests.Select(NameOf).OfType<string>().Order(StringComparer.Ordinal)]);

    private void Name(OciDescriptor descriptor, string tag)
    {
        var named = descriptor with { Annotations = OciAnnotations.Of(OciAnnotations.ReferenceName, tag) };
        var all = Index().Manifests.Where(m => NameOf(m) != tag).Append(named).OrderBy(NameOf, StringComparer.Ordinal);
        AtomicFile.WriteAllBytes(Path.Combine(directory, "oci-layout"), JsonSerializer.SerializeToUtf8Bytes(new("1.0.0"), OciJson.Default.OciLayoutFile));
        AtomicFile.WriteAllBytes(IndexFile, JsonSerializer.SerializeToUtf8Bytes(new(2, OciMediaTypes.Index, [.. all]), OciJson.Default.OciIndex));
    }

    private OciDescriptor? Named(string name) =>
        Digest.TryParse(name, out var digest) ? new("", digest.ToString(), 0) : Index().Manifests.FirstOrDefault(m => NameOf(m) == name);

    /// <summary>A digest alone does not say what it names; the document does.</summary>
    private static string TypeOf(OciDescriptor descriptor, byte[] bytes) =>
        descriptor.MediaType is { Length: > 0 } type ? type
        : OciJson.TryRead(bytes, OciJson.Default.OciIndex) is { Manifests.IsDefault: false } index ? index.MediaType ?? OciMediaTypes.Index
        : OciMediaTypes.Manifest;

    private OciIndex Index()
    {
        if (!File.Exists(IndexFile)) return new(2, OciMediaTypes.Index, []);
        return OciJson.TryRead(File.ReadAllBytes(IndexFile), OciJson.Default.OciIndex) is { Manifests.IsDefault: false } index
            ? index
            : throw new ImageException(ImageRules.Damaged(IndexFile, "this is no image index"));
    }

    private static string? NameOf(OciDescriptor manifest) => manifest.Annotations?.GetValueOrDefault(OciAnnotations.ReferenceName);

    private string BlobPath(Digest digest) => Path.Combine(directory, "blobs", "sha256", digest.Hex);
}
