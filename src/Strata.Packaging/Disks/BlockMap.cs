using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// The .bmap of a disk image: which blocks have to be written, with their digests (format 2.0 of bmaptool). A block that is left out may
/// hold anything afterwards, so only what no partition and no file system uses is left out; that it is zero is not enough.
/// </summary>
public static class BlockMap
{
    public const int BlockSize = 4096;
    private const int BufferSize = 1 << 20;

    /// <param name="used">In any order; may touch and overlap.</param>
    public static void Write(string image, IEnumerable<ByteRange> used, string file)
    {
        using var handle = File.OpenHandle(image, options: FileOptions.SequentialScan);
        var size = RandomAccess.GetLength(handle);
        var ranges = Blocks(used, size);
        var placeholder = new string('0', 64);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" ?>
            <bmap version="2.0">
                <ImageSize> {size} </ImageSize>
                <BlockSize> {BlockSize} </BlockSize>
                <BlocksCount> {(size + BlockSize - 1) / BlockSize} </BlocksCount>
                <MappedBlocksCount> {ranges.Sum(r => r.Last - r.First + 1)} </MappedBlocksCount>
                <ChecksumType> sha256 </ChecksumType>
                <BmapFileChecksum> {placeholder} </BmapFileChecksum>
                <BlockMap>

            """);
        foreach (var (first, last) in ranges)
            text.Append(CultureInfo.InvariantCulture, $"        <Range chksum=\"{Checksum(handle, first * BlockSize, Math.Min(size, (last + 1) * BlockSize))}\"> {(first == last ? $"{first}" : $"{first}-{last}")} </Range>\n");
        text.Append("    </BlockMap>\n</bmap>\n");
        // The file's own checksum is that of the file with zeros in its place.
        text.Replace(placeholder, Digest.Of(text.ToString()).Hex);
        File.WriteAllText(file, text.ToString());
    }

    private static ImmutableArray<(long First, long Last)> Blocks(IEnumerable<ByteRange> used, long size)
    {
        var blocks = ImmutableArray.CreateBuilder<(long First, long Last)>();
        foreach (var range in used.Where(r => r.Length > 0 && r.Start < size).OrderBy(r => r.Start))
        {
            var (first, last) = (range.Start / BlockSize, (Math.Min(range.End, size) - 1) / BlockSize);
            if (blocks.Count > 0 && first <= blocks[^1].Last + 1) blocks[^1] = (blocks[^1].First, Math.Max(blocks[^1].Last, last));
            else blocks.Add((first, last));
        }
        return blocks.ToImmutable();
    }

    private static string Checksum(SafeFileHandle image, long start, long end)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[(int)Math.Min(BufferSize, end - start)];
        for (int read; start < end; start += read)
        {
            read = RandomAccess.Read(image, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - start)), start);
            if (read == 0) throw new EndOfStreamException("the image has become shorter");
            hash.AppendData(buffer, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
