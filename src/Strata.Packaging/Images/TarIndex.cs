using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>Where each entry of an archive lies.</summary>
internal static class TarIndex
{
    /// <summary>In the order of the archive.</summary>
    public static ImmutableArray<TarSlice> Read(string file)
    {
        var slices = ImmutableArray.CreateBuilder<TarSlice>();
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 12);
        using var reader = new PaxTarReader(stream);
        while (reader.Next() is { } entry)
            slices.Add(new(RootfsPath.Normalize(entry.Name), entry.Kind == '1' ? RootfsPath.Normalize(entry.LinkName) : null, reader.Start, reader.End - reader.Start, entry.Size));
        return slices.ToImmutable();
    }
}
