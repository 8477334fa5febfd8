using Strata.Core;

namespace Strata.Packaging;

/// <summary>Copies images between stores, with all platforms, signatures and whatever else is attached. What is there already is not moved.</summary>
public static class ImageCopy
{
    private const int AtOnce = 4;

    /// <param name="tag">In the target.</param>
    /// <exception cref="ImageException">A store failed or an image is damaged; the target's tag is as it was then.</exception>
    public static async Task<Digest> RunAsync(ImageStore source, string name, ImageStore target, string tag, CancellationToken cancel)
    {
        var manifest = await source.GetAsync(name, cancel);
        await CopyAsync(source, manifest, target, tag, cancel);
        foreach (var attached in AttachedTags.Of(manifest.Digest))
            if (await source.FindAsync(attached, cancel) is { } about) await CopyAsync(source, about, target, attached, cancel);
        return manifest.Digest;
    }

    internal static Task WithoutTagAsync(ImageStore source, ImageManifest manifest, ImageStore target, CancellationToken cancel) => CopyAsync(source, manifest, target, null, cancel);

    /// <summary>Children before parents: a tag never leads to something that is not there.</summary>
    private static async Task CopyAsync(ImageStore source, ImageManifest manifest, ImageStore target, string? tag, CancellationToken cancel)
    {
        if (await target.FindDigestAsync(tag ?? manifest.Digest.ToString(), cancel) == manifest.Digest
            && (target is RegistryImages || await IsWholeAsync(target, manifest, cancel))) return;
        foreach (var child in manifest.Children)
            await CopyAsync(source, await source.GetAsync(child.Digest, cancel), target, null, cancel);
        await Parallel.ForEachAsync(manifest.Blobs.DistinctBy(b => b.Digest), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (blob, stop) => await target.TakeBlobAsync(blob, source, stop));
        await target.WriteManifestAsync(manifest, tag, cancel);
    }

    /// <summary>A registry insists on it; a directory can have lost files.</summary>
    private static async Task<bool> IsWholeAsync(ImageStore target, ImageManifest manifest, CancellationToken cancel)
    {
        foreach (var blob in manifest.Blobs.Concat(manifest.Children))
            if (!await target.HasBlobAsync(blob, cancel)) return false;
        return true;
    }
}
