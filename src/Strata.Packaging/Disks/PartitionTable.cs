namespace Strata.Packaging;

/// <summary>The form of a disk's list of partitions (<c>bootloader --ptable</c>).</summary>
public enum PartitionTable
{
    Gpt,

    /// <summary>Of the first PCs; at most four partitions here.</summary>
    Msdos,
}
