using System.IO.Compression;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Reads an OCI image layout or a root file system's archive, and verifies every digest on the way. Writes nothing.</summary>
public sealed class ImageReader
{
    private const long MaxDocument = 16 << 20;

    private readonly string _path;
    private readonly Diagnostics _diagnostics;
    private readonly ImageTree _tree;
    private readonly List<string> _identities = [];

    private ImageReader(string path, Diagnostics diagnostics) => (_path, _diagnostics, _tree) = (path, diagnostics, new(path, diagnostics));

    /// <summary>Null when it cannot be read at all; what is damaged is reported.</summary>
    public static ImageContent? Read(string path, Diagnostics diagnostics, CancellationToken cancel) => new ImageReader(path, diagnostics).Read(cancel);

    /// <summary>The manifest digest of an OCI layout, as registries show it; null when there is none.</summary>
    public static Digest? ManifestOf(string layout)
    {
        var index = Path.Combine(layout, "index.json");
        if (!File.Exists(index)) return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(index));
        return Digest.Parse(Images(document)[0].GetProperty("digest").GetString()!);
    }

    private ImageContent? Read(CancellationToken cancel)
    {
        try
        {
            if (Directory.Exists(_path)) ReadLayout(cancel);
            else if (File.Exists(_path)) ReadArchive(cancel);
            else return Refuse("there is no such file or directory");
            return new([.. _identities], _tree.Files);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or InvalidDataException or EndOfStreamException)
        {
            return Refuse($"it is not understood: {e.Message}");
        }
        catch (IOException e)
        {
            return Refuse(e.Message);
        }
    }

    private ImageContent? Refuse(string problem)
    {
        _diagnostics.Add(ComplianceRules.NotAnImage(_path, problem));
        return null;
    }

    private void ReadArchive(CancellationToken cancel)
    {
        using var file = File.OpenRead(_path);
        using var digesting = new DigestingReader(file);
        var isCompressed = _path.EndsWith("gz", StringComparison.Ordinal);
        var content = AddLayer(digesting, isCompressed, cancel);
        _identities.Add($"root file system {content}");
        if (isCompressed) _identities.Add($"archive {digesting.Finish()}");
    }

    private void ReadLayout(CancellationToken cancel)
    {
        var index = Path.Combine(_path, "index.json");
        using var document = ReadDocument(index);
        var manifests = Images(document);
        if (manifests.Count != 1) throw new InvalidDataException($"index.json has {manifests.Count} images; one is audited at a time");
        ReadManifest(Descriptor(manifests[0]), cancel);
    }

    /// <summary>Without what is about them: signatures, attestations, lists of what is attached.</summary>
    private static List<JsonElement> Images(JsonDocument index) => [.. index.RootElement.GetProperty("manifests").EnumerateArray()
        .Where(m => m.Member("annotations")?.Text("org.opencontainers.image.ref.name").StartsWith("sha256-", StringComparison.Ordinal) is not true)];

    private void ReadManifest((Digest Digest, string MediaType) descriptor, CancellationToken cancel)
    {
        using var manifest = ReadBlob(descriptor.Digest);
        if (manifest.RootElement.TryGetProperty("manifests", out _)) throw new InvalidDataException("it holds images for several platforms; name the layout of one");
        _identities.Add($"OCI manifest {descriptor.Digest}");
        using var config = ReadBlob(Descriptor(manifest.RootElement.GetProperty("config")).Digest);
        var expected = config.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(d => Digest.Parse(d.GetString() ?? "")).ToList();
        var layers = manifest.RootElement.GetProperty("layers").EnumerateArray().Select(Descriptor).ToList();
        if (layers.Count != expected.Count) throw new InvalidDataException($"the manifest has {layers.Count} layers, the configuration {expected.Count}");
        foreach (var (layer, diffId) in layers.Zip(expected)) ReadLayer(layer, diffId, cancel);
    }

    private void ReadLayer((Digest Digest, string MediaType) layer, Digest diffId, CancellationToken cancel)
    {
        if (layer.MediaType.EndsWith("zstd", StringComparison.Ordinal)) throw new InvalidDataException($"layer {layer.Digest} is compressed with zstd; audits read gzip");
        using var file = File.OpenRead(BlobPath(layer.Digest));
        using var digesting = new DigestingReader(file);
        var content = AddLayer(digesting, layer.MediaType.EndsWith("gzip", StringComparison.Ordinal), cancel);
        Verify(layer.Digest, digesting.Finish());
        if (content != diffId) _diagnostics.Add(ComplianceRules.Damaged(_path, $"layer {layer.Digest} unpacks to {content}, its configuration says {diffId}"));
        _identities.Add($"root file system {content}");
    }

    /// <returns>Digest of the uncompressed archive.</returns>
    private Digest AddLayer(Stream stream, bool isCompressed, CancellationToken cancel)
    {
        using var unzipped = isCompressed ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : stream;
        using var content = new DigestingReader(new BufferedStream(unzipped, 1 << 17));
        _tree.Add(content, cancel);
        return content.Finish();
    }

    private JsonDocument ReadBlob(Digest digest)
    {
        var document = ReadDocument(BlobPath(digest));
        Verify(digest, Digest.OfFile(BlobPath(digest)));
        return document;
    }

    private void Verify(Digest expected, Digest actual)
    {
        if (expected != actual) _diagnostics.Add(ComplianceRules.Damaged(_path, $"blob {expected} has the digest {actual}"));
    }

    private static JsonDocument ReadDocument(string path)
    {
        if (new FileInfo(path).Length > MaxDocument) throw new InvalidDataException($"{Path.GetFileName(path)} is larger than {MaxDocument} bytes");
        return JsonDocument.Parse(File.ReadAllBytes(path));
    }

    private string BlobPath(Digest digest) => Path.Combine(_path, "blobs", "sha256", digest.Hex);

    private static (Digest Digest, string MediaType) Descriptor(JsonElement element) =>
        (Digest.Parse(element.GetProperty("digest").GetString() ?? ""), element.GetProperty("mediaType").GetString() ?? "");
}
