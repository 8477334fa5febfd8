using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Packaging;

/// <summary>What an ext4 file system does not use, as dumpe2fs(8) lists it.</summary>
public static partial class FreeBlocks
{
    /// <summary>In rising order, from the start of the file system.</summary>
    public static ImmutableArray<ByteRange> Parse(string listing)
    {
        var size = BlockSize().Match(listing) is { Success: true } match ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return [.. from line in Free().Matches(listing)
                   from range in line.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                   let ends = range.Split('-')
                   let first = long.Parse(ends[0], CultureInfo.InvariantCulture)
                   orderby first
                   select new ByteRange(first * size, (long.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1) * size)];
    }

    [GeneratedRegex("^Block size: +([0-9]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex BlockSize();

    [GeneratedRegex("^  Free blocks: ([0-9, -]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Free();
}
