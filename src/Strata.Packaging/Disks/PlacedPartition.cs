namespace Strata.Packaging;

/// <summary>A partition at its place on the disk.</summary>
/// <param name="Start">Bytes from the start of the disk.</param>
/// <param name="Size">Bytes.</param>
public sealed record PlacedPartition(WksPartition Partition, long Start, long Size)
{
    public long End => Start + Size;
}
