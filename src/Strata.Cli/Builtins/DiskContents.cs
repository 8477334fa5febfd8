using System.Collections.Immutable;
using System.Globalization;
using System.IO.Enumeration;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>Makes what goes onto the partitions of a disk, with the tools in the task's sandbox.</summary>
internal sealed class DiskContents(BuiltinContext context, string image, string wksFile, Diagnostics diagnostics)
{
    /// <summary>What FAT itself takes of a small partition, and its clusters.</summary>
    private const long FatOverhead = 1 << 20, FatCluster = 4096;

    private readonly string _scratch = context.HostPath(context.Text("WIC_WORKDIR"));
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);

    /// <summary>Finds what a partition is made from; what is missing, the diagnostics say.</summary>
    public PartitionInput SourceOf(WksPartition partition)
    {
        var place = new SourceSpan(wksFile, partition.Line);
        switch (partition.Source)
        {
            case PartitionSource.Rootfs:
                if (DiskImageTask.RootfsForm(context, image, partition.FileSystem) is { } form) return AsItIs(form);
                diagnostics.Add(DiskRules.NoRootfsForm(place, partition.FileSystem));
                break;
            case PartitionSource.RawCopy:
                var name = partition.Parameters.GetValueOrDefault("file", "");
                if (Deployed(name).FirstOrDefault() is { } file) return AsItIs(file);
                diagnostics.Add(DiskRules.NoDeployedFile(place, name));
                break;
            case PartitionSource.BootFiles:
                var files = BootFiles(place);
                var bytes = files.Values.Sum(f => new FileInfo(f).Length + FatCluster);
                return new(null, files, bytes + bytes / 64 + FatOverhead);
            case PartitionSource.Empty or PartitionSource.Verity:
                break;
        }
        return new(null, PartitionInput.NoFiles, 0);
    }

    /// <summary>Null when the partition stays empty.</summary>
    public async Task<PartitionContent?> MakeAsync(WksFile disk, PlacedPartition placed, PartitionInput input, int number, CancellationToken cancel)
    {
        var partition = placed.Partition;
        var file = Path.Combine(_scratch, string.Create(CultureInfo.InvariantCulture, $"part{number + 1}"));
        ImmutableArray<ByteRange> all = [new(0, placed.Size)];
        if (partition.Source == PartitionSource.Verity) return await HashesAsync(disk, placed, file, cancel);

        if (input.File is { } source) await CopyAsync(partition, source, file, placed.Size, cancel);
        else if (partition.Source == PartitionSource.BootFiles || partition.FileSystem == "vfat") await FatAsync(partition, input, file, placed.Size, cancel);
        else if (partition.FileSystem == "ext4") await RunAsync("mkfs.ext4", $"truncate -s {placed.Size} {Sandbox(file)}; mkfs.ext4 -q -F -L \"$1\" -U {Uuid(partition)} -E hash_seed={Uuid(partition)},root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0 {Sandbox(file)}", "", cancel, partition.Label);
        else if (partition.FileSystem == "swap") await RunAsync("mkswap", $"truncate -s {placed.Size} {Sandbox(file)}; mkswap -q -L \"$1\" -U {Uuid(partition)} {Sandbox(file)}", "", cancel, partition.Label);
        else return null;

        if (partition.Name.Length > 0) _made[partition.Name] = file;
        // A hash tree is over every block, used or not.
        var isChecked = disk.Partitions.Any(p => p.Source == PartitionSource.Verity && disk.DataOf(p) == partition);
        return new(file, partition.FileSystem == "ext4" && !isChecked ? await UsedAsync(file, placed.Size, cancel) : all);
    }

    /// <summary>Runs a shell script with the disk's tools.</summary>
    /// <param name="what">For the message when it fails.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="arguments">Its <c>$1</c> and so on, for names that people chose.</param>
    public async Task RunAsync(string what, string script, string input, CancellationToken cancel, params string[] arguments)
    {
        var inputFile = Path.Combine(_scratch, "input");
        await File.WriteAllTextAsync(inputFile, input, cancel);
        var epoch = context.Epoch.ToUnixTimeSeconds();
        var prelude = $"export TZ=UTC LC_ALL=C MTOOLS_SKIP_CHECK=1 SOURCE_DATE_EPOCH={epoch} E2FSPROGS_FAKE_TIME={epoch}; exec < {Sandbox(inputFile)}; {script}";
        if (await context.RunInSandboxAsync(["/bin/sh", "-ec", prelude, "sh", .. arguments], cancel) != 0) throw new TaskFailedException(DiskRules.ToolFailed(context.Task.Place, what));
    }

    /// <summary>Where tools see a file of the work directory.</summary>
    public string Sandbox(string file) => context.Task.WorkDirectory + file[context.WorkDirectory.Length..];

    private async Task CopyAsync(WksPartition partition, string source, string file, long size, CancellationToken cancel)
    {
        DiskWriter.Write(file, size, [(source, 0)], cancel);
        if (partition.FileSystem == "ext4" && size > new FileInfo(source).Length) await RunAsync("resize2fs", $"resize2fs -f {Sandbox(file)} > /dev/null", "", cancel);
    }

    /// <summary>Directories first, and everything in the order of names: FAT remembers the order.</summary>
    private async Task FatAsync(WksPartition partition, PartitionInput input, string file, long size, CancellationToken cancel)
    {
        var (target, staging) = (Sandbox(file), Path.Combine(_scratch, "boot"));
        var id = partition.FileSystemUuid.StartsWith("0x", StringComparison.Ordinal) ? partition.FileSystemUuid[2..] : Uuid(partition)[..8];
        var label = partition.Label.Length > 0 ? "-n \"$1\"" : "";
        await RunAsync("mkfs.vfat", $"mkfs.vfat --invariant -C -i {id} {label} {target} {size / 1024} > /dev/null", "", cancel, partition.Label.ToUpperInvariant());
        foreach (var directory in input.Files.Keys.SelectMany(Parents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            await RunAsync("mmd", $"mmd -i {target} \"::/$1\"", "", cancel, directory);
        foreach (var (path, from) in input.Files)
        {
            File.Copy(from, staging, overwrite: true);
            await RunAsync("mcopy", $"mcopy -i {target} {Sandbox(staging)} \"::/$1\"", "", cancel, path);
        }
        File.Delete(staging);
    }

    private async Task<PartitionContent> HashesAsync(WksFile disk, PlacedPartition placed, string file, CancellationToken cancel)
    {
        var data = _made[disk.DataOf(placed.Partition)!.Name];
        var hash = Path.Combine(_scratch, "roothash");
        var uuid = Uuid(placed.Partition);
        // The salt makes the hashes of two products differ, and need not be secret.
        await RunAsync("veritysetup", $"truncate -s {placed.Size} {Sandbox(file)}; veritysetup format --uuid={uuid} --salt={Digest.Of(uuid).Hex} --root-hash-file={Sandbox(hash)} {Sandbox(data)} {Sandbox(file)}", "", cancel);
        return new(file, [new(0, placed.Size)], (await File.ReadAllTextAsync(hash, cancel)).Trim());
    }

    private async Task<ImmutableArray<ByteRange>> UsedAsync(string file, long size, CancellationToken cancel)
    {
        var listing = Path.Combine(_scratch, "free");
        await RunAsync("dumpe2fs", $"dumpe2fs {Sandbox(file)} > {Sandbox(listing)} 2> /dev/null", "", cancel);
        var used = ImmutableArray.CreateBuilder<ByteRange>();
        var at = 0L;
        foreach (var free in FreeBlocks.Parse(await File.ReadAllTextAsync(listing, cancel)))
        {
            used.Add(new(at, free.Start - at));
            at = free.End;
        }
        used.Add(new(at, size - at));
        return used.ToImmutable();
    }

    private string Uuid(WksPartition partition) =>
        Guid.TryParseExact(partition.FileSystemUuid, "D", out _) ? partition.FileSystemUuid : DerivedUuid.Of(image, $"file system {partition.Name}{(partition.Name.Length > 0 ? "" : partition.Line)}");

    private static PartitionInput AsItIs(string file) => new(file, PartitionInput.NoFiles, new FileInfo(file).Length);

    /// <summary>IMAGE_BOOT_FILES: names or patterns of deployed files, each perhaps with <c>;TARGET</c>, a directory when it ends in a slash.</summary>
    private ImmutableSortedDictionary<string, string> BootFiles(SourceSpan place)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var word in context.Words("IMAGE_BOOT_FILES"))
        {
            var (pattern, target) = word.Split(';', 2) is [var name, var to] ? (name, to) : (word, "");
            var found = Deployed(pattern).ToImmutableArray();
            if (found.IsEmpty) diagnostics.Add(DiskRules.NoDeployedFile(place, pattern));
            foreach (var file in found)
                files[target.Length == 0 ? Path.GetFileName(file) : target.EndsWith('/') || pattern.Contains('*', StringComparison.Ordinal) ? $"{target.TrimEnd('/')}/{Path.GetFileName(file)}" : target] = file;
        }
        return files.ToImmutable();
    }

    /// <summary>Files that recipes deploy; of equal names the first recipe's.</summary>
    private IEnumerable<string> Deployed(string pattern)
    {
        var (directory, name) = (Path.GetDirectoryName(pattern) ?? "", Path.GetFileName(pattern));
        return context.InputsOf("do_deploy").Select(i => Path.Combine(i.Path, directory)).Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d)).Where(f => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(f), ignoreCase: false))
            .DistinctBy(Path.GetFileName, StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1)) yield return path[..slash];
    }
}
