using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Packaging;

/// <summary>Writes an image as one file. Same image and name, same bytes.</summary>
public static class ImageArchive
{
    private const int FileMode = 0x1A4;

    /// <param name="name">What the image is called inside.</param>
    /// <exception cref="ImageException">The image is damaged, or an index where only one platform fits.</exception>
    public static async Task WriteAsync(ImageStore store, ImageManifest image, ArchiveFormat format, string name, Stream target, CancellationToken cancel)
    {
        if (format == ArchiveFormat.Tar)
        {
            await new FlattenedImage(store, image).WriteAsync(target, cancel);
            return;
        }
        var tar = new PaxTarStream(target);
        await (format == ArchiveFormat.DockerArchive ? WriteDockerAsync(store, image, name, tar, cancel) : WriteLayoutAsync(store, image, name, tar, cancel));
        tar.Finish();
    }

    private static async Task WriteLayoutAsync(ImageStore store, ImageManifest image, string name, PaxTarStream tar, CancellationToken cancel)
    {
        Write(tar, "oci-layout", JsonSerializer.SerializeToUtf8Bytes(new("1.0.0"), OciJson.Default.OciLayoutFile));
        var named = image.Descriptor with { Annotations = OciAnnotations.Of(OciAnnotations.ReferenceName, name) };
        Write(tar, "index.json", JsonSerializer.SerializeToUtf8Bytes(new(2, OciMediaTypes.Index, [named]), OciJson.Default.OciIndex));
        var written = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<ImageManifest>([image]);
        while (waiting.TryDequeue(out var manifest))
        {
            if (written.Add(manifest.Digest.ToString())) Write(tar, $"blobs/sha256/{manifest.Digest.Hex}", manifest.Bytes);
            foreach (var child in manifest.Children) waiting.Enqueue(await store.GetAsync(child.Digest, cancel));
            foreach (var blob in manifest.Blobs.Where(b => written.Add(b.Digest))) await WriteBlobAsync(store, blob, $"blobs/sha256/{HexOf(blob)}", tar, cancel);
        }
    }

    private static async Task WriteDockerAsync(ImageStore store, ImageManifest image, string name, PaxTarStream tar, CancellationToken cancel)
    {
        if (image.IsIndex) throw new ImageException(ImageRules.Damaged(store.Place, "a docker-archive holds one platform and this is an index; export it as oci-archive"));
        var manifest = image.Manifest;
        var (config, layers) = ($"{HexOf(manifest.Config)}.json", manifest.Layers.Select(l => $"{HexOf(l)}.tar").ToImmutableArray());
        Write(tar, "manifest.json", JsonSerializer.SerializeToUtf8Bytes([new(config, [name], layers)], OciJson.Default.ImmutableArrayDockerArchiveEntry));
        await WriteBlobAsync(store, manifest.Config, config, tar, cancel);
        foreach (var layer in manifest.Layers.DistinctBy(l => l.Digest)) await WriteBlobAsync(store, layer, $"{HexOf(layer)}.tar", tar, cancel);
    }

    private static async Task WriteBlobAsync(ImageStore store, OciDescriptor blob, string path, PaxTarStream tar, CancellationToken cancel)
    {
        await using var content = await store.OpenBlobAsync(blob, cancel);
        tar.Write(Header(path, blob.Size), content);
    }

    private static void Write(PaxTarStream tar, string path, byte[] bytes) => tar.Write(Header(path, bytes.Length), new MemoryStream(bytes, writable: false));

    private static TarHeader Header(string path, long size) => new() { Name = path, Kind = '0', Mode = FileMode, Time = 0, Size = size };

    private static string HexOf(OciDescriptor blob) => Core.Digest.Parse(blob.Digest).Hex;
}
