using System.Text;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Descriptions of disks, and what the programs of others say of the tables and block maps.</summary>
public sealed class DiskTests : IDisposable
{
    private const string TwoSlots = """
        # short-description: two slots
        part /boot --source bootimg-partition --ondisk mmcblk0 --fstype=vfat --label boot --active --align 4096 --size 16
        part / --source rootfs --fstype=ext4 --label rootA --size 64M --part-type 4f68bce3-e8cd-4db1-96e7-fbcaf984b709
        part --label "root B" --size 64 --uuid 01234567-89ab-4cde-8f01-23456789abcd
        part swap --fstype=swap --size 512k

        bootloader --ptable gpt
        """;

    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_description_of_yocto_means_what_it_means_there()
    {
        var disk = WksFile.Parse(TwoSlots, "a.wks", _diagnostics);

        Assert.Empty(_diagnostics.Sorted());
        Assert.Equal(PartitionTable.Gpt, disk.Table);
        Assert.Equal(["boot", "rootA", "root B", "swap"], disk.Partitions.Select(p => p.Name));
        Assert.Equal([PartitionSource.BootFiles, PartitionSource.Rootfs, PartitionSource.Empty, PartitionSource.Empty], disk.Partitions.Select(p => p.Source));
        Assert.Equal([16 << 20, 64 << 20, 64 << 20, 512 << 10], disk.Partitions.Select(p => p.Size));
        Assert.Equal(4L << 20, disk.Partitions[0].Alignment);
        Assert.True(disk.Partitions[0].IsActive);
    }

    [Theory]
    [InlineData("part / --source rootfs --labl root", "STR6252", "did you mean --label?")]
    [InlineData("part / --source rootsf", "STR6253", "sources are")]
    [InlineData("part / --source rootfs --size 3x", "STR6253", "64M")]
    [InlineData("part / --source rootfs --label \"open", "STR6251", "a line is")]
    [InlineData("partition-table gpt", "STR6251", "a line is")]
    [InlineData("# nothing", "STR6254", "part /")]
    [InlineData("part --label a --size 1\npart --label a --size 1", "STR6255", "rootA and rootB")]
    [InlineData("part --size 1\npart --size 1\npart --size 1\npart --size 1\npart --size 1", "STR6256", "--ptable gpt")]
    [InlineData("part --source verity --sourceparams=\"data=root\"", "STR6257", "data=LABEL")]
    [InlineData("part --label a", "STR6258", "--size")]
    [InlineData("part --label a --size 2\npart --label b --size 1 --offset 2M", "STR6258", "--offset")]
    [InlineData("part --label a --fixed-size 1 --source rootfs", "STR6258", "--fixed-size")]
    [InlineData("part --label a --size 1\nbootloader --append=quiet", "STR6260", "IMAGE_BOOT_FILES")]
    public void What_is_wrong_is_said_with_its_line_and_what_to_type(string text, string code, string hint)
    {
        var disk = WksFile.Parse(text, "a.wks", _diagnostics);
        if (!_diagnostics.HasErrors) DiskLayout.Of(disk, [.. disk.Partitions.Select(p => p.Source == PartitionSource.Rootfs ? 2L << 20 : 0)], "a.wks", _diagnostics);

        var found = Assert.Single(_diagnostics.Sorted());
        Assert.Equal(code, found.Rule.Code);
        Assert.Contains(hint, found.Hint, StringComparison.Ordinal);
        Assert.Equal("a.wks", found.Place.File);
    }

    [Theory]
    [InlineData(TwoSlots)]
    [InlineData("part /boot --fstype vfat --size 4 --label b\npart / --size 8 --label r --active\npart --size 1 --label raw --offset 8k --no-table --fixed-size 8k")]
    public async Task Tools_for_partitions_find_no_fault_in_the_table(string text)
    {
        Tool.Require("sfdisk", "sgdisk", "bmaptool");
        var layout = DiskLayout.Of(WksFile.Parse(text, "a.wks", _diagnostics), [.. Enumerable.Repeat(0L, text.Split("part ").Length - 1)], "a.wks", _diagnostics)!;
        Assert.Empty(_diagnostics.Sorted());
        var content = _scratch.Write("content", new string('c', 1_000_000));

        var image = await WriteAsync("disk.wic", layout, content);

        Assert.Contains("No errors detected", await Tool.RunAsync("sfdisk", "--verify", image), StringComparison.Ordinal);
        var listed = await Tool.RunAsync("sfdisk", "--dump", image);
        Assert.All(layout.Partitions.Where(p => !p.Partition.IsUnlisted), p => Assert.Matches($"start= *{p.Start / 512}, size= *{p.Size / 512},", listed));
        if (layout.Disk.Table == PartitionTable.Gpt) Assert.Contains("No problems found", await Tool.RunAsync("sgdisk", "-v", image), StringComparison.Ordinal);
        Assert.Equal(Digest.OfFile(image), Digest.OfFile(await WriteAsync("again.wic", layout, content)));
    }

    [Fact]
    public async Task Bmaptool_writes_what_the_map_names_and_finds_every_changed_byte()
    {
        Tool.Require("bmaptool", "sfdisk");
        var layout = DiskLayout.Of(WksFile.Parse("part --label a --size 4\npart --label b --size 4", "a.wks", _diagnostics), [0, 0], "a.wks", _diagnostics)!;
        var image = await WriteAsync("disk.wic", layout, _scratch.Write("content", new string('c', 1_000_000)));
        BlockMap.Write(image, [new(0, layout.Head), new(layout.Partitions[0].Start, 1_000_000)], image + ".bmap");

        await Tool.RunAsync("bmaptool", "-q", "copy", image, _scratch["copy"]);

        Assert.Equal(Digest.OfFile(image), Digest.OfFile(_scratch["copy"]));
        Assert.Contains("<MappedBlocksCount> 246 <", File.ReadAllText(image + ".bmap"), StringComparison.Ordinal);
        await using (var file = File.OpenWrite(image))
        {
            file.Position = layout.Partitions[0].Start + 5;
            file.WriteByte((byte)'x');
        }
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["bmaptool", "-q", "copy", image, _scratch["copy"]] }, TestContext.Current.CancellationToken);
        Assert.False(outcome.Succeeded);
    }

    [Fact]
    public async Task Only_what_a_file_system_does_not_use_is_left_out()
    {
        Tool.Require("mkfs.ext4", "dumpe2fs");
        await Tool.RunAsync("sh", "-c", $"truncate -s 200M {_scratch["fs"]}; mkfs.ext4 -q -F {_scratch["fs"]}");

        var free = FreeBlocks.Parse(await Tool.RunAsync("dumpe2fs", _scratch["fs"]));

        var counted = await Tool.RunAsync("sh", "-c", $"dumpe2fs -h {_scratch["fs"]} 2>/dev/null | awk '/^Free blocks:/ {{ n = $3 }} /^Block size:/ {{ print n * $3 }}'");
        Assert.Equal(counted.Trim(), free.Sum(f => f.Length).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(free.Zip(free.Skip(1)), p => Assert.True(p.First.End <= p.Second.Start));
    }

    [Fact]
    public void Identifiers_follow_from_names_and_have_the_form_of_random_ones()
    {
        Assert.Equal(DerivedUuid.Of("image", "root"), DerivedUuid.Of("image", "root"));
        Assert.NotEqual(DerivedUuid.Of("image", "root"), DerivedUuid.Of("image", "boot"));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$", DerivedUuid.Of("image", "root"));
    }

    private async Task<string> WriteAsync(string name, DiskLayout layout, string content)
    {
        DiskWriter.Write(_scratch[name], layout.Size, [(content, layout.Partitions[0].Start)], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_scratch["script"], layout.SfdiskScript("image"), Encoding.ASCII, TestContext.Current.CancellationToken);
        await Tool.RunAsync("sh", "-c", $"sfdisk -q --no-reread --no-tell-kernel {_scratch[name]} < {_scratch["script"]}");
        return _scratch[name];
    }
}
