using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>An image under another one: its layers stay as they are and come first.</summary>
/// <param name="Name">For the annotation that says what it was; a reference without digest, or the name of a recipe.</param>
public sealed record BaseImage(ImageStore Store, ImageManifest Manifest, string Name)
{
    private const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>Of an index, what is for this platform. Parts that the mirror lacks come from the remote and are kept.</summary>
    /// <param name="remote">Null when there is no network.</param>
    /// <exception cref="ImageException">It is nowhere, damaged, or for other platforms.</exception>
    public static async Task<BaseImage> FindAsync(ImageStore mirror, ImageStore? remote, Digest digest, OciPlatform platform, string name, CancellationToken cancel)
    {
        var manifest = await GetAsync(digest.ToString());
        if (manifest.IsIndex)
        {
            var child = manifest.Children.FirstOrDefault(c => c.Platform is { } p && p.Architecture == platform.Architecture && p.OperatingSystem == platform.OperatingSystem)
                ?? throw new ImageException(ImageRules.Damaged(name, $"{digest} has nothing for {platform.OperatingSystem}/{platform.Architecture}"));
            manifest = await GetAsync(child.Digest);
        }
        foreach (var blob in manifest.Blobs)
            if (!await mirror.HasBlobAsync(blob, cancel)) await mirror.TakeBlobAsync(blob, remote ?? throw Absent(blob.Digest), cancel);
        return new(mirror, manifest, name);

        async Task<ImageManifest> GetAsync(string wanted)
        {
            if (await mirror.FindAsync(wanted, cancel) is { } present) return present;
            var fetched = await (remote ?? throw Absent(wanted)).GetAsync(wanted, cancel);
            await mirror.WriteManifestAsync(fetched, null, cancel);
            return fetched;
        }

        ImageException Absent(string what) => new(ImageRules.NoSuchImage($"{what} of {name} in {mirror.Place}, and the network is switched off"));
    }

    /// <summary>What it says of itself.</summary>
    /// <exception cref="ImageException">It is for another platform, or no image.</exception>
    internal async Task<OciConfig> ReadConfigAsync(OciPlatform platform, CancellationToken cancel)
    {
        var config = OciJson.TryRead(await Store.ReadBytesAsync(Manifest.Manifest.Config, cancel), OciJson.Default.OciConfig);
        if (config is null || config.Rootfs.DiffIds.Length != Manifest.Manifest.Layers.Length) throw new ImageException(ImageRules.Damaged(Name, $"{Manifest.Digest} is no image"));
        if (config.Architecture != platform.Architecture || config.OperatingSystem != platform.OperatingSystem)
            throw new ImageException(ImageRules.Damaged(Name, $"{Manifest.Digest} is for {config.OperatingSystem}/{config.Architecture}, not for {platform.OperatingSystem}/{platform.Architecture}"));
        return config;
    }

    /// <summary>Copies them into a layout.</summary>
    internal async Task<ImmutableArray<OciDescriptor>> TakeLayersAsync(ImageStore target, CancellationToken cancel)
    {
        foreach (var layer in Manifest.Manifest.Layers) await target.TakeBlobAsync(layer, Store, cancel);
        // The same bytes under the name that an OCI manifest may use.
        return [.. Manifest.Manifest.Layers.Select(l => l.MediaType == DockerLayer ? l with { MediaType = OciMediaTypes.LayerOf(LayerCompression.Gzip) } : l)];
    }
}
