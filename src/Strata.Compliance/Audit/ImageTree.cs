using System.Collections.Immutable;
using System.Formats.Tar;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>The files of an image as its archives, one upon the other, make them. Nothing is unpacked.</summary>
internal sealed class ImageTree(string image, Diagnostics diagnostics)
{
    private const string Whiteout = ".wh.";
    private const string OpaqueWhiteout = ".wh..wh..opq";

    private readonly SortedDictionary<string, string?> _files = new(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, string?> Files => _files.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">It is no tar archive.</exception>
    public void Add(Stream tar, CancellationToken cancel)
    {
        using var reader = new TarReader(tar, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes) continue;
            if (PathOf(entry.Name) is not { } path) diagnostics.Add(ComplianceRules.UnsafePath(image, entry.Name));
            else if (path.Length > 1) Add(path, entry);
        }
    }

    private void Add(string path, TarEntry entry)
    {
        var slash = path.LastIndexOf('/');
        var (directory, name) = (path[..slash], path[(slash + 1)..]);
        if (name == OpaqueWhiteout) RemoveBelow(directory);
        else if (name.StartsWith(Whiteout, StringComparison.Ordinal)) Remove($"{directory}/{name[Whiteout.Length..]}");
        else
        {
            if (entry.EntryType is not TarEntryType.Directory) Remove(path);
            _files[path] = entry.EntryType switch
            {
                TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => Digest.Of(entry.DataStream ?? Stream.Null).Hex,
                TarEntryType.HardLink => PathOf(entry.LinkName) is { } target ? _files.GetValueOrDefault(target) : null,
                _ => null,
            };
        }
    }

    private void Remove(string path)
    {
        if (!_files.TryGetValue(path, out var digest)) return;
        _ = _files.Remove(path);
        if (digest is null) RemoveBelow(path);
    }

    private void RemoveBelow(string directory)
    {
        foreach (var path in _files.Keys.Where(p => p.StartsWith(directory + "/", StringComparison.Ordinal)).ToList()) _ = _files.Remove(path);
    }

    /// <summary>Absolute, without a slash at the end; null when it leads out of the image.</summary>
    private static string? PathOf(string name)
    {
        var parts = name.Split('/').Where(p => p is not ("" or ".")).ToList();
        return parts.Contains("..") ? null : "/" + string.Join('/', parts);
    }
}
