namespace Strata.Packaging;

/// <summary>One name for the same image on several platforms.</summary>
public static class PlatformIndex
{
    /// <summary>Copies the images into the target and names them all by one index there.</summary>
    /// <inheritdoc cref="OfAsync"/>
    public static async Task<ImageManifest> WriteAsync(IReadOnlyList<(ImageStore Store, string Name)> images, ImageStore target, string tag, CancellationToken cancel)
    {
        var index = await OfAsync(images, cancel);
        foreach (var (store, name) in images) await ImageCopy.WithoutTagAsync(store, await store.GetAsync(name, cancel), target, cancel);
        await target.WriteManifestAsync(index, tag, cancel);
        return index;
    }

    /// <summary>The index of the images. Same images, same bytes, in any order.</summary>
    /// <exception cref="ImageException">An image does not say what it runs on, or two run on the same.</exception>
    public static async Task<ImageManifest> OfAsync(IReadOnlyList<(ImageStore Store, string Name)> images, CancellationToken cancel)
    {
        var entries = new SortedDictionary<string, OciDescriptor>(StringComparer.Ordinal);
        foreach (var (store, name) in images)
        {
            var manifest = await store.GetAsync(name, cancel);
            var platform = await PlatformAsync(store, manifest, cancel);
            var key = $"{platform.OperatingSystem}/{platform.Architecture}/{platform.Variant}".TrimEnd('/');
            if (!entries.TryAdd(key, manifest.Descriptor with { Platform = platform }))
                throw new ImageException(ImageRules.SamePlatform(store.Place, key));
        }
        return ImageManifest.Of(new OciIndex(2, OciMediaTypes.Index, [.. entries.Values]));
    }

    private static async Task<OciPlatform> PlatformAsync(ImageStore store, ImageManifest manifest, CancellationToken cancel)
    {
        if (manifest.IsIndex) throw new ImageException(ImageRules.Damaged(store.Place, $"{manifest.Digest} is an index; name the images inside it"));
        var config = OciJson.TryRead(await store.ReadBytesAsync(manifest.Manifest.Config, cancel), OciJson.Default.OciPlatform);
        return config is { Architecture: not null, OperatingSystem: not null }
            ? config
            : throw new ImageException(ImageRules.Damaged(store.Place, $"{manifest.Digest} does not say what it runs on"));
    }
}
