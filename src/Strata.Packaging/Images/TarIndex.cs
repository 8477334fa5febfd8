using System.Collections.Immutable;
using System.Formats.Tar;

namespace Strata.Packaging;

/// <summary>Where each entry of an archive lies.</summary>
internal static class TarIndex
{
    private const int BlockSize = 512;

    /// <summary>In the order of the archive.</summary>
    public static ImmutableArray<TarSlice> Read(string file)
    {
        var slices = ImmutableArray.CreateBuilder<TarSlice>();
        using var stream = File.OpenRead(file);
        using var reader = new TarReader(stream);
        for (var start = 0L; reader.GetNextEntry() is { } entry;)
        {
            // The reader stands behind the content, with or without its padding.
            var end = (stream.Position + BlockSize - 1) / BlockSize * BlockSize;
            slices.Add(new(RootfsPath.Normalize(entry.Name), entry.EntryType == TarEntryType.HardLink ? RootfsPath.Normalize(entry.LinkName) : null, start, end - start, entry.Length));
            start = end;
        }
        return slices.ToImmutable();
    }
}
