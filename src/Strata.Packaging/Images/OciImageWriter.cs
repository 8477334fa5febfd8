using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Writes an OCI image layout with one image of one layer. Same archive and request, same bytes, on any number of cores.</summary>
public static class OciImageWriter
{
    private const string CreatedAnnotation = "org.opencontainers.image.created";
    private const string ReferenceAnnotation = "org.opencontainers.image.ref.name";

    public static async Task<OciImage> WriteAsync(OciImageRequest request, CancellationToken cancel)
    {
        Directory.CreateDirectory(BlobDirectory(request));
        var (layer, diffId) = await WriteLayerAsync(request, cancel);
        var config = WriteBlob(request, Config(request, diffId), OciJson.Default.OciConfig, OciMediaTypes.Config);
        var manifest = WriteBlob(request, Manifest(request, config, layer), OciJson.Default.OciManifest, OciMediaTypes.Manifest) with
        {
            Platform = request.Platform,
            Annotations = Single(ReferenceAnnotation, request.ReferenceName),
        };

        WriteFile(request, "oci-layout", new("1.0.0"), OciJson.Default.OciLayoutFile);
        WriteFile(request, "index.json", new(2, OciMediaTypes.Index, [manifest]), OciJson.Default.OciIndex);
        return new(Digest.Parse(manifest.Digest), Digest.Parse(config.Digest), Digest.Parse(layer.Digest), diffId, layer.Size);
    }

    /// <summary>The layer's name is its digest, known only after writing: hence aside first.</summary>
    private static async Task<(OciDescriptor Layer, Digest DiffId)> WriteLayerAsync(OciImageRequest request, CancellationToken cancel)
    {
        var scratch = AtomicFile.ScratchName(Path.Combine(BlobDirectory(request), "layer"));
        try
        {
            await using var source = TarGzWriter.OpenSequential(request.RootfsTar);
            await using var file = new FileStream(scratch, FileMode.CreateNew, FileAccess.Write);
            await using var hashing = new HashingStream(file);
            var diffId = await ParallelGzip.CompressAsync(source, hashing, cancel);
            await file.FlushAsync(cancel);
            File.Move(scratch, BlobPath(request, hashing.Digest), overwrite: true);
            return (new(OciMediaTypes.Layer, hashing.Digest.ToString(), hashing.Length), diffId);
        }
        catch
        {
            File.Delete(scratch);
            throw;
        }
    }

    private static OciManifest Manifest(OciImageRequest request, OciDescriptor config, OciDescriptor layer) =>
        new(2, OciMediaTypes.Manifest, config, [layer]) { Annotations = request.Annotations.SetItem(CreatedAnnotation, Time(request)) };

    private static OciConfig Config(OciImageRequest request, Digest diffId) => new()
    {
        Created = Time(request),
        Author = NullIfEmpty(request.Author),
        Architecture = request.Platform.Architecture,
        Variant = request.Platform.Variant,
        OperatingSystem = request.Platform.OperatingSystem,
        Config = new()
        {
            User = NullIfEmpty(request.User),
            ExposedPorts = Set(request.ExposedPorts.Select(p => p.Contains('/', StringComparison.Ordinal) ? p : $"{p}/tcp")),
            Environment = NullIfEmpty(request.Environment),
            Entrypoint = NullIfEmpty(request.Entrypoint),
            Command = NullIfEmpty(request.Command),
            Volumes = Set(request.Volumes),
            WorkingDirectory = NullIfEmpty(request.WorkingDirectory),
            Labels = request.Labels.IsEmpty ? null : request.Labels,
            StopSignal = NullIfEmpty(request.StopSignal),
        },
        Rootfs = new("layers", [diffId.ToString()]),
        History = [new(Time(request), request.CreatedBy)],
    };

    private static OciDescriptor WriteBlob<T>(OciImageRequest request, T document, JsonTypeInfo<T> type, string mediaType)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, type);
        var digest = Digest.Of(bytes);
        AtomicFile.WriteAllBytes(BlobPath(request, digest), bytes);
        return new(mediaType, digest.ToString(), bytes.Length);
    }

    private static void WriteFile<T>(OciImageRequest request, string name, T document, JsonTypeInfo<T> type) =>
        AtomicFile.WriteAllBytes(Path.Combine(request.OutputDirectory, name), JsonSerializer.SerializeToUtf8Bytes(document, type));

    private static string BlobDirectory(OciImageRequest request) => Path.Combine(request.OutputDirectory, "blobs", "sha256");

    private static string BlobPath(OciImageRequest request, Digest digest) => Path.Combine(BlobDirectory(request), digest.Hex);

    private static string Time(OciImageRequest request) =>
        request.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static ImmutableSortedDictionary<string, string> Single(string key, string value) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(key, value);

    private static ImmutableSortedDictionary<string, OciEmpty>? Set(IEnumerable<string> names)
    {
        var set = names.Distinct(StringComparer.Ordinal).ToImmutableSortedDictionary(n => n, _ => new OciEmpty(), StringComparer.Ordinal);
        return set.IsEmpty ? null : set;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string[]? NullIfEmpty(ImmutableArray<string> words) => words.IsEmpty ? null : [.. words];
}
