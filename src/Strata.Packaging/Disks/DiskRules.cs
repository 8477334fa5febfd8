using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>What Strata can say about disk images and the files that describe them: codes STR6250 to STR6269, one method each.</summary>
public static class DiskRules
{
    private static readonly Rule s_noFile = new("STR6250", Severity.Error, "Description of the disk not found");
    private static readonly Rule s_badLine = new("STR6251", Severity.Error, "Line of a disk's description not understood");
    private static readonly Rule s_unknownOption = new("STR6252", Severity.Error, "Unknown option of a partition");
    private static readonly Rule s_badValue = new("STR6253", Severity.Error, "Option of a partition not understood");
    private static readonly Rule s_noPartitions = new("STR6254", Severity.Error, "Disk without partitions");
    private static readonly Rule s_sameName = new("STR6255", Severity.Error, "Two partitions of one name");
    private static readonly Rule s_tooMany = new("STR6256", Severity.Error, "More partitions than the table takes");
    private static readonly Rule s_verity = new("STR6257", Severity.Error, "Hash tree of no partition");
    private static readonly Rule s_size = new("STR6258", Severity.Error, "Partition does not fit");
    private static readonly Rule s_noContent = new("STR6259", Severity.Error, "Content of a partition is missing");
    private static readonly Rule s_noBootloader = new("STR6260", Severity.Warning, "Option without effect");
    private static readonly Rule s_toolFailed = new("STR6261", Severity.Error, "Disk image cannot be made");

    public static Diagnostic NoFile(SourceSpan place, string name, IEnumerable<string> searched) =>
        s_noFile.At(place, $"WKS_FILE is '{name}', which is in none of: {string.Join(' ', searched)}",
            hint: "write WKS_FILE = \"disk-gpt.wks\" for a disk with a boot and a root partition, or put your own file into a layer's wic/ directory");

    public static Diagnostic BadLine(SourceSpan place, string line) =>
        s_badLine.At(place, $"'{line}' is not understood", hint: "a line is 'part MOUNTPOINT --source rootfs --fstype ext4 --label root' or 'bootloader --ptable gpt'");

    public static Diagnostic UnknownOption(SourceSpan place, string option, ImmutableArray<string> known) =>
        s_unknownOption.At(place, $"there is no option {option} here",
            hint: Suggest.Nearest(option, known) is { } near ? $"did you mean {near}?" : $"known are {string.Join(' ', known)}");

    public static Diagnostic BadValue(SourceSpan place, string option, string value) =>
        s_badValue.At(place, $"'{value}' is no value of {option}", hint: option switch
        {
            "--source" => "sources are rootfs, bootimg-partition, rawcopy, verity and empty",
            "--fstype" => "file systems are ext4, squashfs, erofs, vfat, swap and none",
            "--ptable" => "tables are gpt and msdos",
            "--size" or "--fixed-size" or "--extra-space" => "sizes are such as 64, 64M, 512k or 2G",
            "--part-type" or "--uuid" => "write a UUID: 0fc63daf-8483-4772-8e79-3d69d8477de4",
            "--label" or "--part-name" => "names have at most 36 characters and no quotes",
            _ => $"write {option}=VALUE",
        });

    public static Diagnostic NoPartitions(SourceSpan place) =>
        s_noPartitions.At(place, "no line describes a partition", hint: "part / --source rootfs --fstype ext4 --label root");

    public static Diagnostic SameName(SourceSpan place, string name) =>
        s_sameName.At(place, $"another partition is called '{name}', too", hint: "give each a --label of its own, such as rootA and rootB");

    public static Diagnostic TooManyForMsdos(SourceSpan place) =>
        s_tooMany.At(place, "an MBR has room for four partitions", hint: "add the line 'bootloader --ptable gpt'");

    public static Diagnostic VerityOfNothing(SourceSpan place, string data) =>
        s_verity.At(place, data.Length == 0 ? "nothing says which partition the hashes are of" : $"no partition before is called '{data}'",
            hint: "write --source verity --sourceparams=\"data=LABEL\" below the partition with --label LABEL");

    public static Diagnostic TooLarge(SourceSpan place, WksPartition partition, long needed) =>
        s_size.At(place, $"the content of '{partition.Name}' needs {needed} bytes, and --fixed-size is {partition.Size}", hint: "raise --fixed-size, or write --size for a least size");

    public static Diagnostic NoSize(SourceSpan place, WksPartition partition) =>
        s_size.At(place, $"'{partition.Name}' has neither content nor size", hint: "add --size 64");

    public static Diagnostic Overlaps(SourceSpan place, WksPartition partition) =>
        s_size.At(place, $"--offset puts '{partition.Name}' onto the table or another partition", hint: "raise --offset, or leave it out");

    public static Diagnostic NoRootfsForm(SourceSpan place, string type) =>
        s_noContent.At(place, $"the root file system is not made as '{type}'", hint: $"add it: WIC_ROOTFS_TYPES += \"{(type.Length == 0 ? "ext4\" and write --fstype ext4" : type + "\"")}");

    public static Diagnostic NoDeployedFile(SourceSpan place, string name) =>
        s_noContent.At(place, $"nothing deploys a file '{name}'", hint: "name a file that the kernel or a recipe of WIC_DEPENDS leaves in its DEPLOYDIR");

    public static Diagnostic NoBootloader(SourceSpan place, string option) =>
        s_noBootloader.At(place, $"{option} configures a boot loader, and none is installed by this disk", hint: "remove it, or put the configuration among IMAGE_BOOT_FILES");

    public static Diagnostic ToolFailed(SourceSpan place, string what) =>
        s_toolFailed.At(place, $"{what} failed; its output is in the task's log", hint: "correct what it says, or report it");
}
