using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Where every partition of a disk lies, and the table that says so.</summary>
public sealed record DiskLayout(WksFile Disk, ImmutableArray<PlacedPartition> Partitions, long Size)
{
    public const int SectorSize = 512;

    /// <summary>Protective MBR, header and 128 entries; the same without the MBR stands at the end.</summary>
    private const long GptSectors = 34;
    private const long SizeUnit = WksPartition.MiB;
    private const int HashBlock = 4096, HashesPerBlock = 128;

    private const string LinuxType = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";
    private const string DataType = "EBD0A0A2-B9E5-4433-87C0-68B6D72699C7";
    private const string SwapType = "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F";

    /// <summary>Bytes at the start that the table takes.</summary>
    public long Head => Disk.Table == PartitionTable.Gpt ? GptSectors * SectorSize : SectorSize;

    /// <summary>Bytes at the end that the table takes.</summary>
    public long Tail => TailOf(Disk);

    /// <param name="contents">Bytes that each partition's content has; 0 for none.</param>
    public static DiskLayout? Of(WksFile disk, ImmutableArray<long> contents, string file, Diagnostics diagnostics)
    {
        var layout = new DiskLayout(disk, [], 0);
        var placed = ImmutableArray.CreateBuilder<PlacedPartition>();
        var at = layout.Head;
        foreach (var (partition, content) in disk.Partitions.Zip(contents))
        {
            var needed = partition.Source == PartitionSource.Verity ? HashBytes(placed.First(p => p.Partition == disk.DataOf(partition)).Size) : content;
            var size = Math.Max(partition.Size, RoundUp((long)(needed * partition.OverheadFactor) + partition.ExtraSpace, HashBlock));
            if (partition.IsFixed && size > partition.Size) diagnostics.Add(DiskRules.TooLarge(new(file, partition.Line), partition, needed));
            if (size == 0) diagnostics.Add(DiskRules.NoSize(new(file, partition.Line), partition));
            var start = partition.Offset ?? RoundUp(at, partition.Alignment);
            if (placed.Any(p => start < p.End && p.Start < start + size) || (start < layout.Head && !partition.IsUnlisted)) diagnostics.Add(DiskRules.Overlaps(new(file, partition.Line), partition));
            placed.Add(new(partition, start, size));
            at = Math.Max(at, start + size);
        }
        return diagnostics.HasErrors ? null : layout with { Partitions = placed.ToImmutable(), Size = RoundUp(at + layout.Tail, SizeUnit) };
    }

    /// <summary>Input of sfdisk(8). Everything is stated, so that nothing is left to chance.</summary>
    public string SfdiskScript(string image)
    {
        var isGpt = Disk.Table == PartitionTable.Gpt;
        var script = new StringBuilder();
        var id = DerivedUuid.Of(image, "disk");
        script.Append(isGpt ? $"label: gpt\nlabel-id: {id}\nfirst-lba: {GptSectors}\n" : $"label: dos\nlabel-id: 0x{id[..8]}\n");
        foreach (var placed in Partitions.Where(p => !p.Partition.IsUnlisted))
        {
            var partition = placed.Partition;
            script.Append(CultureInfo.InvariantCulture, $"start={placed.Start / SectorSize}, size={placed.Size / SectorSize}, type={TypeOf(partition)}");
            if (isGpt) script.Append(CultureInfo.InvariantCulture, $", uuid={UuidOf(partition, image)}, name=\"{partition.Name}\"");
            if (partition.IsActive) script.Append(isGpt ? ", attrs=\"LegacyBIOSBootable\"" : ", bootable");
            script.Append('\n');
        }
        return script.ToString();
    }

    /// <summary>Follows from names alone, so that a boot loader's <c>root=PARTUUID=</c> holds for the next version, too.</summary>
    public static string UuidOf(WksPartition partition, string image) =>
        partition.Uuid.Length > 0 ? partition.Uuid : DerivedUuid.Of(image, $"partition {partition.Name}{(partition.Name.Length > 0 ? "" : partition.Line)}");

    private string TypeOf(WksPartition partition) => (Disk.Table, partition.PartType, partition.FileSystem, partition.Source) switch
    {
        (_, { Length: > 0 } stated, _, _) => stated,
        (PartitionTable.Gpt, _, "swap", _) => SwapType,
        (PartitionTable.Gpt, _, "vfat", _) or (PartitionTable.Gpt, _, _, PartitionSource.BootFiles) => DataType,
        (PartitionTable.Gpt, _, _, _) => LinuxType,
        (_, _, "swap", _) => "82",
        (_, _, "vfat", _) or (_, _, _, PartitionSource.BootFiles) => "c",
        _ => "83",
    };

    /// <summary>A superblock, and above every level of the tree one with a hash of each of its blocks.</summary>
    private static long HashBytes(long data)
    {
        var blocks = 1L;
        for (var level = data / HashBlock; level > 1; blocks += level) level = (level + HashesPerBlock - 1) / HashesPerBlock;
        return blocks * HashBlock;
    }

    private static long TailOf(WksFile disk) => disk.Table == PartitionTable.Gpt ? (GptSectors - 1) * SectorSize : 0;

    private static long RoundUp(long bytes, long unit) => (bytes + unit - 1) / unit * unit;
}
