using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>The partitions of a disk, as Yocto's .wks files describe them.</summary>
public sealed record WksFile(PartitionTable Table, ImmutableArray<WksPartition> Partitions)
{
    /// <summary>What is wrong with it, the diagnostics say.</summary>
    public static WksFile Parse(string text, string file, Diagnostics diagnostics)
    {
        var table = PartitionTable.Msdos;
        var partitions = ImmutableArray.CreateBuilder<WksPartition>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            var place = new SourceSpan(file, ++number);
            switch (Words(line))
            {
                case []:
                    break;
                case null:
                    diagnostics.Add(DiskRules.BadLine(place, line.Trim()));
                    break;
                case ["part" or "partition", .. var words]:
                    if (WksOptions.ReadPartition(words, place, diagnostics) is { } partition) partitions.Add(partition);
                    break;
                case ["bootloader", .. var words]:
                    table = WksOptions.ReadTable(words, place, diagnostics) ?? table;
                    break;
                default:
                    diagnostics.Add(DiskRules.BadLine(place, line.Trim()));
                    break;
            }
        }
        var disk = new WksFile(table, partitions.ToImmutable());
        disk.Check(file, diagnostics);
        return disk;
    }

    private void Check(string file, Diagnostics diagnostics)
    {
        if (Partitions.IsEmpty && !diagnostics.HasErrors) diagnostics.Add(DiskRules.NoPartitions(new(file)));
        foreach (var same in Partitions.Where(p => p.Name.Length > 0).GroupBy(p => p.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            diagnostics.Add(DiskRules.SameName(new(file, same.Last().Line), same.Key));
        if (Table == PartitionTable.Msdos && Partitions.Where(p => !p.IsUnlisted).Skip(4).FirstOrDefault() is { } fifth) diagnostics.Add(DiskRules.TooManyForMsdos(new(file, fifth.Line)));
        foreach (var hashes in Partitions.Where(p => p.Source == PartitionSource.Verity))
            if (DataOf(hashes) is null) diagnostics.Add(DiskRules.VerityOfNothing(new(file, hashes.Line), hashes.Parameters.GetValueOrDefault("data", "")));
    }

    /// <summary>The partition whose hash tree this one holds.</summary>
    public WksPartition? DataOf(WksPartition hashes) =>
        Partitions.FirstOrDefault(p => p.Name.Length > 0 && p.Name == hashes.Parameters.GetValueOrDefault("data") && p.Source != PartitionSource.Verity);

    /// <summary>Blanks separate words unless quoted; <c>#</c> at the start of a word begins a comment. Null when a quote does not end.</summary>
    private static string[]? Words(string line)
    {
        var words = new List<string>();
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i])) i++;
            else if (line[i] == '#') break;
            else if (NextWord(line, ref i) is { } word) words.Add(word);
            else return null;
        }
        return [.. words];
    }

    private static string? NextWord(string line, ref int i)
    {
        var word = new System.Text.StringBuilder();
        for (; i < line.Length && !char.IsWhiteSpace(line[i]); i++)
        {
            if (line[i] is not ('"' or '\''))
            {
                word.Append(line[i]);
                continue;
            }
            var end = line.IndexOf(line[i], i + 1);
            if (end < 0) return null;
            word.Append(line, i + 1, end - i - 1);
            i = end;
        }
        return word.ToString();
    }
}
