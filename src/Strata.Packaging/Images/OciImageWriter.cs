using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Win32.SafeHandles;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Writes an OCI image layout with one image. Same archive and request, same bytes, on any number of cores.</summary>
public static class OciImageWriter
{
    /// <exception cref="ImageException">An image layer cannot be compressed.</exception>
    public static async Task<OciImage> WriteAsync(OciImageRequest request, CancellationToken cancel)
    {
        Directory.CreateDirectory(BlobDirectory(request));
        var below = request.Base is null ? null : await request.Base.ReadConfigAsync(request.Platform, cancel);
        var lower = request.Base is null ? [] : await request.Base.TakeLayersAsync(new LayoutImages(request.OutputDirectory), cancel);
        var layers = await WriteLayersAsync(request, cancel);
        var config = WriteBlob(request, Config(request, layers, below), OciJson.Default.OciConfig, OciMediaTypes.Config);
        var manifest = WriteBlob(request, Manifest(request, config, [.. lower, .. layers.Select(l => Descriptor(request, l))]), OciJson.Default.OciManifest, OciMediaTypes.Manifest) with
        {
            Platform = request.Platform,
            Annotations = OciAnnotations.Of(OciAnnotations.ReferenceName, request.ReferenceName),
        };

        WriteFile(request, "oci-layout", new("1.0.0"), OciJson.Default.OciLayoutFile);
        WriteFile(request, "index.json", new(2, OciMediaTypes.Index, [manifest]), OciJson.Default.OciIndex);
        return new(Digest.Parse(manifest.Digest), Digest.Parse(config.Digest), layers);
    }

    /// <summary>Several at a time: small ones would leave cores idle. The order is that of the plan.</summary>
    private static async Task<ImmutableArray<OciImageLayer>> WriteLayersAsync(OciImageRequest request, CancellationToken cancel)
    {
        var plan = Plan(request);
        var layers = new OciImageLayer[plan.Length];
        using var archive = File.OpenHandle(request.RootfsTar, options: FileOptions.SequentialScan);
        var cache = request.CacheDirectory is { } directory ? new LayerCache(directory, LayerCompressor.FormatOf(request)) : null;
        var hasOld = cache?.IsEmpty == false;
        await Parallel.ForAsync(0, plan.Length, cancel, async (i, stop) => layers[i] =
            (hasOld ? Reuse(request, plan[i], archive, cache!) : null) ?? await WriteLayerAsync(request, plan[i], archive, cache, stop));
        cache?.Trim();
        return [.. layers];
    }

    private static ImmutableArray<PlannedLayer> Plan(OciImageRequest request)
    {
        var slices = TarIndex.Read(request.RootfsTar);
        // Whoever unpacks the image would take it for the mark that a file of a lower layer is gone; the format has no way to say otherwise.
        if (slices.FirstOrDefault(s => RootfsPath.Name(s.Path).StartsWith(OciAnnotations.Whiteout, StringComparison.Ordinal)) is { } mark)
            throw new ImageException(ImageRules.WhiteoutName(mark.Path));
        return request.Layers == LayerStrategy.Packages
            ? LayerPlan.ByPackages(RootfsManifest.Read(Path.GetDirectoryName(request.RootfsTar)!), slices, request.LayerBudget)
            : LayerPlan.Single(slices);
    }

    private static OciImageLayer? Reuse(OciImageRequest request, PlannedLayer layer, SafeFileHandle archive, LayerCache cache)
    {
        using var source = new SlicedArchive(archive, layer.Slices);
        var diffId = Digest.Of(source);
        if (cache.Find(diffId) is not var (file, digest)) return null;
        File.Copy(file, BlobPath(request, digest), overwrite: true);
        return new(layer.Name, digest, diffId, new FileInfo(file).Length, IsReused: true);
    }

    /// <summary>The layer's name is its digest, known only after writing: hence aside first.</summary>
    private static async Task<OciImageLayer> WriteLayerAsync(OciImageRequest request, PlannedLayer layer, SafeFileHandle archive, LayerCache? cache, CancellationToken cancel)
    {
        var scratch = AtomicFile.ScratchName(Path.Combine(BlobDirectory(request), "layer"));
        try
        {
            await using var source = new SlicedArchive(archive, layer.Slices);
            await using var file = new FileStream(scratch, FileMode.CreateNew, FileAccess.Write);
            await using var hashing = new HashingStream(file);
            var diffId = await LayerCompressor.CompressAsync(request, source, hashing, cancel);
            await file.FlushAsync(cancel);
            File.Move(scratch, BlobPath(request, hashing.Digest), overwrite: true);
            cache?.Add(diffId, hashing.Digest, BlobPath(request, hashing.Digest));
            return new(layer.Name, hashing.Digest, diffId, hashing.Length);
        }
        catch
        {
            File.Delete(scratch);
            throw;
        }
    }

    private static OciManifest Manifest(OciImageRequest request, OciDescriptor config, ImmutableArray<OciDescriptor> layers)
    {
        var annotations = request.Annotations.SetItem(OciAnnotations.Created, Time(request));
        return new(2, OciMediaTypes.Manifest, config, layers)
        {
            Annotations = request.Base is { } below
                ? annotations.SetItem(OciAnnotations.BaseName, below.Name).SetItem(OciAnnotations.BaseDigest, below.Manifest.Digest.ToString())
                : annotations,
        };
    }

    private static OciDescriptor Descriptor(OciImageRequest request, OciImageLayer layer) =>
        new(OciMediaTypes.LayerOf(request.Compression), layer.Digest.ToString(), layer.Size)
        {
            Annotations = request.Layers == LayerStrategy.Single ? null : OciAnnotations.Of(OciAnnotations.LayerName, layer.Name),
        };

    /// <summary>What the request leaves open is as in the image below.</summary>
    private static OciConfig Config(OciImageRequest request, ImmutableArray<OciImageLayer> layers, OciConfig? below) => new()
    {
        Created = Time(request),
        Author = NullIfEmpty(request.Author),
        Architecture = request.Platform.Architecture,
        Variant = request.Platform.Variant,
        OperatingSystem = request.Platform.OperatingSystem,
        Config = RunConfig(request, below?.Config ?? new()),
        Rootfs = new("layers", [.. below?.Rootfs.DiffIds ?? [], .. layers.Select(l => l.DiffId.ToString())]),
        History = [.. History(below), .. layers.Select(l => new OciHistory(Time(request), request.Layers == LayerStrategy.Single ? request.CreatedBy : $"{request.CreatedBy} {l.Name}"))],
    };

    private static OciRunConfig RunConfig(OciImageRequest request, OciRunConfig below)
    {
        var startsOwn = !request.Entrypoint.IsEmpty || !request.Command.IsEmpty;
        return new()
        {
            User = NullIfEmpty(request.User) ?? below.User,
            ExposedPorts = Set([.. below.ExposedPorts?.Keys ?? [], .. request.ExposedPorts.Select(p => p.Contains('/', StringComparison.Ordinal) ? p : $"{p}/tcp")]),
            Environment = NullIfEmpty([.. (below.Environment ?? []).Where(e => !request.Environment.Any(o => NameOf(o) == NameOf(e))), .. request.Environment]),
            Entrypoint = startsOwn ? NullIfEmpty(request.Entrypoint) : below.Entrypoint,
            Command = startsOwn ? NullIfEmpty(request.Command) : below.Command,
            Volumes = Set([.. below.Volumes?.Keys ?? [], .. request.Volumes]),
            WorkingDirectory = NullIfEmpty(request.WorkingDirectory) ?? below.WorkingDirectory,
            Labels = (below.Labels ?? OciAnnotations.None).SetItems(request.Labels) is { IsEmpty: false } labels ? labels : null,
            StopSignal = NullIfEmpty(request.StopSignal) ?? below.StopSignal,
        };

        static string NameOf(string variable) => variable.Split('=')[0];
    }

    /// <summary>Tools count its steps against the image layers, so one without a history gets one.</summary>
    private static IEnumerable<OciHistory> History(OciConfig? below)
    {
        var steps = below?.History ?? [];
        return below is null || (!steps.IsDefault && steps.Count(h => h.IsEmpty is not true) == below.Rootfs.DiffIds.Length)
            ? steps
            : below.Rootfs.DiffIds.Select(_ => new OciHistory(below.Created, null));
    }

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

    private static ImmutableSortedDictionary<string, OciEmpty>? Set(IEnumerable<string> names)
    {
        var set = names.Distinct(StringComparer.Ordinal).ToImmutableSortedDictionary(n => n, _ => new OciEmpty(), StringComparer.Ordinal);
        return set.IsEmpty ? null : set;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string[]? NullIfEmpty(ImmutableArray<string> words) => words.IsEmpty ? null : [.. words];
}
