using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>The options of the lines of a .wks file: <c>--name value</c> or <c>--name=value</c>.</summary>
internal static class WksOptions
{
    private const int NameLength = 36;

    private static readonly ImmutableArray<string> s_partition =
    [
        "--active", "--align", "--extra-partition-space", "--extra-space", "--fixed-size", "--fstype", "--fsuuid", "--label", "--no-table", "--offset",
        "--overhead-factor", "--part-name", "--part-type", "--size", "--source", "--sourceparams", "--system-id", "--uuid",
    ];

    /// <summary>About the running system or other tools of Yocto; the same disk with and without.</summary>
    private static readonly ImmutableArray<string> s_ignored = ["--ondisk", "--ondrive", "--use-uuid", "--use-label", "--no-fstab-update", "--fsoptions", "--fspassno"];

    private static readonly ImmutableArray<string> s_bootloader = ["--ptable", "--timeout", "--append", "--configfile", "--source", "--diskid"];

    private static readonly ImmutableArray<string> s_flags = ["--active", "--no-table", "--use-uuid", "--use-label", "--no-fstab-update"];

    private static readonly ImmutableArray<string> s_fileSystems = ["ext4", "squashfs", "erofs", "vfat", "swap", "none"];

    public static WksPartition? ReadPartition(ReadOnlySpan<string> words, SourceSpan place, Diagnostics diagnostics)
    {
        var partition = new WksPartition { Line = place.Line };
        if (words is [var first, ..] && !first.StartsWith('-'))
        {
            partition = partition with { MountPoint = first };
            words = words[1..];
        }
        var own = new Diagnostics();
        foreach (var (option, value) in Pairs(words, place, [.. s_partition, .. s_ignored], own))
        {
            if (s_ignored.Contains(option)) continue;
            if (Set(partition, option, value) is { } changed) partition = changed;
            else own.Add(DiskRules.BadValue(place, option, value));
        }
        foreach (var diagnostic in own.Sorted()) diagnostics.Add(diagnostic);
        return own.HasErrors ? null : partition;
    }

    public static PartitionTable? ReadTable(ReadOnlySpan<string> words, SourceSpan place, Diagnostics diagnostics)
    {
        PartitionTable? table = null;
        foreach (var (option, value) in Pairs(words, place, s_bootloader, diagnostics))
            if (option == "--ptable")
            {
                table = value switch { "gpt" => PartitionTable.Gpt, "msdos" or "mbr" => PartitionTable.Msdos, _ => null };
                if (table is null) diagnostics.Add(DiskRules.BadValue(place, option, value));
            }
            else diagnostics.Add(DiskRules.NoBootloader(place, option));
        return table;
    }

    private static List<(string Option, string Value)> Pairs(ReadOnlySpan<string> words, SourceSpan place, ImmutableArray<string> known, Diagnostics diagnostics)
    {
        var pairs = new List<(string, string)>();
        for (var i = 0; i < words.Length; i++)
        {
            var (option, value) = words[i].Split('=', 2) is [var name, var rest] ? (name, rest) : (words[i], null);
            if (!known.Contains(option))
            {
                diagnostics.Add(DiskRules.UnknownOption(place, option, known));
                // Its value, most likely.
                if (value is null && i + 1 < words.Length && !words[i + 1].StartsWith('-')) i++;
            }
            else if (s_flags.Contains(option)) pairs.Add((option, ""));
            else if (value is not null) pairs.Add((option, value));
            else if (i + 1 < words.Length) pairs.Add((option, words[++i]));
            else diagnostics.Add(DiskRules.BadValue(place, option, ""));
        }
        return pairs;
    }

    private static WksPartition? Set(WksPartition partition, string option, string value) => option switch
    {
        "--active" => partition with { IsActive = true },
        "--no-table" => partition with { IsUnlisted = true },
        "--source" => SourceOf(value) is { } source ? partition with { Source = source } : null,
        "--sourceparams" => Parameters(value) is { } parameters ? partition with { Parameters = parameters } : null,
        "--fstype" => s_fileSystems.Contains(value) ? partition with { FileSystem = value == "none" ? "" : value } : null,
        "--label" => IsName(value) ? partition with { Label = value } : null,
        "--part-name" => IsName(value) ? partition with { PartName = value } : null,
        "--part-type" => Guid.TryParseExact(value, "D", out var type) ? partition with { PartType = type.ToString("D") } : null,
        "--system-id" => value.StartsWith("0x", StringComparison.Ordinal) && byte.TryParse(value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id)
            ? partition with { PartType = id.ToString("x2", CultureInfo.InvariantCulture) } : null,
        "--uuid" => Guid.TryParseExact(value, "D", out var uuid) ? partition with { Uuid = uuid.ToString("D") } : null,
        "--fsuuid" => IsFileSystemUuid(value) ? partition with { FileSystemUuid = value } : null,
        "--size" => Bytes(value, WksPartition.MiB) is { } size ? partition with { Size = size } : null,
        "--fixed-size" => Bytes(value, WksPartition.MiB) is { } exact ? partition with { Size = exact, IsFixed = true } : null,
        "--extra-space" or "--extra-partition-space" => Bytes(value, WksPartition.MiB) is { } extra ? partition with { ExtraSpace = extra } : null,
        "--overhead-factor" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is >= 1 and <= 100
            ? partition with { OverheadFactor = factor } : null,
        "--align" => Bytes(value, 1024) is > 0 and var alignment ? partition with { Alignment = alignment } : null,
        "--offset" => Bytes(value, 1024) is { } offset ? partition with { Offset = offset } : null,
        _ => null,
    };

    /// <summary>Yocto has written both <c>-</c> and <c>_</c>.</summary>
    private static PartitionSource? SourceOf(string name) => name.Replace('_', '-') switch
    {
        "rootfs" => PartitionSource.Rootfs,
        "bootimg-partition" => PartitionSource.BootFiles,
        "rawcopy" => PartitionSource.RawCopy,
        "empty" => PartitionSource.Empty,
        "verity" => PartitionSource.Verity,
        _ => null,
    };

    private static ImmutableSortedDictionary<string, string>? Parameters(string text)
    {
        var parameters = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split(','))
            if (pair.Split('=', 2) is [{ Length: > 0 } name, var value]) parameters[name] = value;
            else return null;
        return parameters.ToImmutable();
    }

    /// <summary>A number with k, M or G, or s for sectors; the unit when it has none of them. Whole sectors only.</summary>
    private static long? Bytes(string text, long unit)
    {
        if (text.Length == 0) return null;
        var factor = text[^1] switch { 'k' or 'K' => 1024, 'M' => WksPartition.MiB, 'G' => 1L << 30, 's' or 'S' => DiskLayout.SectorSize, >= '0' and <= '9' => unit, _ => 0 };
        var digits = char.IsAsciiDigit(text[^1]) ? text : text[..^1];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && factor > 0 && number * factor % DiskLayout.SectorSize == 0 ? number * factor : null;
    }

    /// <summary>What a GPT has room for, and sfdisk's script can say.</summary>
    private static bool IsName(string text) => text.Length is > 0 and <= NameLength && !text.Any(c => char.IsControl(c) || c is '"' or '\\');

    /// <summary>A UUID, or eight hexadecimal digits for FAT.</summary>
    private static bool IsFileSystemUuid(string text) =>
        Guid.TryParseExact(text, "D", out _) || (text.StartsWith("0x", StringComparison.Ordinal) && uint.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _));
}
