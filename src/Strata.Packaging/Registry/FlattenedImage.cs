namespace Strata.Packaging;

/// <summary>Joins the layers of an image to one archive. An image of one layer gives that layer's archive, byte for byte.</summary>
internal sealed class FlattenedImage(ImageStore store, ImageManifest image)
{
    private const char HardLink = '1', Directory = '5';

    /// <summary>By path: the layer and the header of what a container sees.</summary>
    private readonly SortedDictionary<string, (int Layer, TarHeader Header)> _visible = new(StringComparer.Ordinal);

    /// <exception cref="ImageException">An image layer cannot be read, or the image is an index.</exception>
    public async Task WriteAsync(Stream target, CancellationToken cancel)
    {
        if (image.IsIndex) throw new ImageException(ImageRules.Damaged(store.Place, "an archive of files holds one platform and this is an index; name one of its images"));
        var layers = image.Manifest.Layers;
        if (layers is [var single])
        {
            await LayerContent.ReadAsync(store, single, tar => tar.CopyTo(target), cancel);
            return;
        }
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = i;
            await LayerContent.ReadAsync(store, layers[i], tar => ForEach(tar, (entry, _) => Apply(entry, layer)), cancel);
        }

        var output = new PaxTarStream(target);
        for (var i = 0; i < layers.Length; i++)
        {
            var (layer, moved) = (i, LinksWithoutFile(i));
            await LayerContent.ReadAsync(store, layers[i], tar => ForEach(tar, (entry, content) => Copy(output, entry, content, layer, moved)), cancel);
        }
        // Last and from below: whoever unpacks something into a directory changes its time, and may not be able to.
        foreach (var (_, header) in _visible.Values.Where(v => v.Header.Kind == Directory).Reverse()) output.Write(header, null);
        output.Finish();
    }

    private static void ForEach(Stream tar, Action<TarHeader, Stream> visit)
    {
        using var reader = new PaxTarReader(tar);
        while (reader.Next() is { } entry) visit(entry, reader.Content);
        // What follows the end of an archive is padding; an unread rest would look like a broken pipe.
        tar.CopyTo(Stream.Null);
    }

    private void Apply(TarHeader entry, int layer)
    {
        var path = RootfsPath.Normalize(entry.Name);
        var (directory, name) = (RootfsPath.Parent(path), RootfsPath.Name(path));
        if (name == OciAnnotations.OpaqueWhiteout) Hide($"{directory.TrimEnd('/')}/", layer);
        else if (name.StartsWith(OciAnnotations.Whiteout, StringComparison.Ordinal))
        {
            var gone = RootfsPath.Join(directory, name[OciAnnotations.Whiteout.Length..]);
            _visible.Remove(gone);
            Hide(gone + "/", layer);
        }
        else
        {
            // What takes the place of a directory hides all that was in it.
            if (entry.Kind != Directory && _visible.TryGetValue(path, out var below) && below.Header.Kind == Directory) Hide(path + "/", layer);
            _visible[path] = (layer, entry);
        }
    }

    private void Hide(string below, int layer)
    {
        foreach (var path in _visible.Where(v => v.Value.Layer < layer && v.Key.StartsWith(below, StringComparison.Ordinal)).Select(v => v.Key).ToArray()) _visible.Remove(path);
    }

    /// <summary>Visible links of a layer by the file that they are other names of, where a higher layer has replaced or removed that file.</summary>
    private Dictionary<string, List<TarHeader>> LinksWithoutFile(int layer) =>
        _visible.Values.Where(v => v.Layer == layer && v.Header.Kind == HardLink && !IsVisible(TargetOf(v.Header), layer))
            .GroupBy(v => TargetOf(v.Header), v => v.Header, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    private void Copy(PaxTarStream output, TarHeader entry, Stream content, int layer, Dictionary<string, List<TarHeader>> moved)
    {
        var path = RootfsPath.Normalize(entry.Name);
        if (entry.Kind == Directory) return;
        if (moved.TryGetValue(path, out var links))
        {
            // The first of the other names becomes the file.
            output.Write(entry with { Name = links[0].Name }, content);
            foreach (var link in links.Skip(1)) output.Write(link with { LinkName = links[0].Name }, null);
        }
        else if (IsVisible(path, layer) && !(entry.Kind == HardLink && moved.ContainsKey(TargetOf(entry)))) output.Write(entry, entry.Size > 0 ? content : null);
    }

    private bool IsVisible(string path, int layer) => _visible.TryGetValue(path, out var entry) && entry.Layer == layer;

    private static string TargetOf(TarHeader link) => RootfsPath.Normalize(link.LinkName);
}
