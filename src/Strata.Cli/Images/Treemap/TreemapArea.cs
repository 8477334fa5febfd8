using System.Collections.Immutable;

namespace Strata.Cli.Images.Treemap;

/// <summary>A rectangle that is divided among things of different size.</summary>
internal readonly record struct TreemapArea(double X, double Y, double Width, double Height)
{
    private double Side => Math.Min(Width, Height);

    /// <summary>
    /// One part per size, with areas in proportion and as near to squares as rows of parts can be.
    /// After Bruls, Huizing and van Wijk, Squarified Treemaps (2000).
    /// </summary>
    /// <param name="sizes">More than zero, the largest first.</param>
    public ImmutableArray<TreemapArea> Divide(ImmutableArray<long> sizes)
    {
        var parts = ImmutableArray.CreateBuilder<TreemapArea>(sizes.Length);
        var (free, left) = (this, (double)sizes.Sum());
        while (parts.Count < sizes.Length)
        {
            var scale = free.Width * free.Height / left;
            var row = free.Row(sizes[parts.Count..], scale);
            var sum = (double)row.Sum();
            parts.AddRange(free.Lay(row, sum, scale));
            (free, left) = (free.Without(sum * scale), left - sum);
        }
        return parts.MoveToImmutable();
    }

    public TreemapArea Inside(double margin, double top) =>
        new(X + margin, Y + top, Math.Max(0, Width - (2 * margin)), Math.Max(0, Height - top - margin));

    /// <summary>As many as can lie along the shorter side before the longest of them gets longer.</summary>
    private ImmutableArray<long> Row(ImmutableArray<long> sizes, double scale)
    {
        var (count, sum) = (1, (double)sizes[0]);
        while (count < sizes.Length && Longest(sizes[0], sizes[count], sum + sizes[count], scale) <= Longest(sizes[0], sizes[count - 1], sum, scale)) sum += sizes[count++];
        return sizes[..count];
    }

    /// <summary>The worst of the ratios of length and width in a row.</summary>
    private double Longest(double largest, double smallest, double sum, double scale)
    {
        var thickness = sum * scale / Side;
        return Math.Max(largest * scale / (thickness * thickness), thickness * thickness / (smallest * scale));
    }

    private IEnumerable<TreemapArea> Lay(ImmutableArray<long> row, double sum, double scale)
    {
        var (thickness, at) = (sum * scale / Side, 0.0);
        foreach (var size in row)
        {
            var length = size / sum * Side;
            yield return Width < Height ? new(X + at, Y, length, thickness) : new(X, Y + at, thickness, length);
            at += length;
        }
    }

    private TreemapArea Without(double area)
    {
        var thickness = area / Side;
        return Width < Height
            ? this with { Y = Y + thickness, Height = Math.Max(0, Height - thickness) }
            : this with { X = X + thickness, Width = Math.Max(0, Width - thickness) };
    }
}
