using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>The files of an image, as a container sees them.</summary>
/// <param name="Files">By path, ordinal; of each the highest image layer that has it.</param>
/// <param name="Wasted">Bytes of files that a higher image layer hides.</param>
public sealed record ImageContents(ImmutableSortedDictionary<string, ImageFile> Files, ImmutableArray<string> LayerNames, ImmutableArray<long> LayerSizes, long Wasted)
{
    /// <exception cref="ImageException">An image layer cannot be read, or the image is an index.</exception>
    public static async Task<ImageContents> ReadAsync(ImageStore store, ImageManifest image, CancellationToken cancel)
    {
        if (image.IsIndex) throw new ImageException(ImageRules.Damaged(store.Place, $"{image.Digest} is an index; name one of: {string.Join(' ', image.Children.Select(c => c.Digest))}"));
        var layers = image.Manifest.Layers;
        var files = ImmutableSortedDictionary.CreateBuilder<string, ImageFile>(StringComparer.Ordinal);
        var wasted = 0L;
        for (var i = 0; i < layers.Length; i++)
        {
            var number = i;
            await LayerContent.ReadAsync(store, layers[i], tar => wasted += Apply(files, tar, number), cancel);
        }
        return new(files.ToImmutable(), [.. layers.Select(l => l.Annotations?.GetValueOrDefault(OciAnnotations.LayerName) ?? "")], [.. layers.Select(l => l.Size)], wasted);
    }

    /// <returns>Bytes of files below that are now hidden.</returns>
    private static long Apply(ImmutableSortedDictionary<string, ImageFile>.Builder files, Stream tar, int layer)
    {
        var hidden = 0L;
        using var reader = new PaxTarReader(tar);
        while (reader.Next() is { } entry)
        {
            var path = RootfsPath.Normalize(entry.Name);
            var (directory, name) = (RootfsPath.Parent(path), RootfsPath.Name(path));
            if (name == OciAnnotations.OpaqueWhiteout) hidden += Hide(files, $"{directory.TrimEnd('/')}/", layer);
            else if (name.StartsWith(OciAnnotations.Whiteout, StringComparison.Ordinal))
            {
                var gone = RootfsPath.Join(directory, name[OciAnnotations.Whiteout.Length..]);
                hidden += Hide(files, gone + "/", layer) + (files.Remove(gone, out var file) ? file.Size : 0);
            }
            else
            {
                if (files.TryGetValue(path, out var below)) hidden += below.Size;
                files[path] = new(path, entry.Size, layer, IdentityOf(entry, reader.Content));
            }
        }
        // What follows the end of an archive is padding; an unread rest would look like a broken pipe.
        tar.CopyTo(Stream.Null);
        return hidden;
    }

    private static long Hide(ImmutableSortedDictionary<string, ImageFile>.Builder files, string below, int layer)
    {
        var hidden = files.Values.Where(f => f.Layer < layer && f.Path.StartsWith(below, StringComparison.Ordinal)).ToArray();
        files.RemoveRange(hidden.Select(f => f.Path));
        return hidden.Sum(f => f.Size);
    }

    private static Digest IdentityOf(TarHeader entry, Stream content)
    {
        var attributes = entry.ExtendedAttributes is null ? "" : string.Concat(entry.ExtendedAttributes.Select(a => $"{a.Key}={Convert.ToHexString(a.Value)}\n"));
        var device = entry.Kind is '3' or '4' ? $"{entry.DeviceMajor}:{entry.DeviceMinor}" : "";
        return Digest.Of(string.Create(CultureInfo.InvariantCulture, $"{entry.Kind}\n{entry.Mode}\n{entry.Uid}:{entry.Gid}\n{device}\n{(entry.Size > 0 ? Digest.Of(content).Hex : "")}\n{entry.LinkName}\n{attributes}"));
    }
}
