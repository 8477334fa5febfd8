namespace Strata.Packaging;

/// <summary>Part of a file.</summary>
public readonly record struct ByteRange(long Start, long Length)
{
    public long End => Start + Length;
}
