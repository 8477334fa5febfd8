using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_image_wic: a disk with the partitions of WKS_FILE, its block map, and the root hashes of what dm-verity checks.</summary>
internal sealed class DiskImageTask
{
    private const string RootfsTaskPrefix = "do_image_";

    private readonly BuiltinContext _context;
    private readonly string _image;
    private readonly string _file;
    private readonly DiskContents _contents;
    private readonly Diagnostics _diagnostics = new();

    private DiskImageTask(BuiltinContext context)
    {
        (_context, _image) = (context, context.Text("IMAGE_NAME"));
        var name = context.Text("WKS_FILE");
        var directories = context.Text("WKS_SEARCH_PATH").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(d => Path.GetFullPath(d, Path.GetDirectoryName(context.Task.Place.File)!)).ToImmutableArray();
        _file = directories.Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists) ?? throw new TaskFailedException(DiskRules.NoFile(context.Task.Place, name, directories));
        _contents = new(context, _image, _file, _diagnostics);
    }

    public static Task RunAsync(BuiltinContext context, CancellationToken cancel) => new DiskImageTask(context).WriteAsync(cancel);

    private async Task WriteAsync(CancellationToken cancel)
    {
        var disk = WksFile.Parse(await File.ReadAllTextAsync(_file, cancel), _file, _diagnostics);
        Report();
        var sources = disk.Partitions.Select(_contents.SourceOf).ToImmutableArray();
        Report();
        var layout = DiskLayout.Of(disk, [.. sources.Select(s => s.Size)], _file, _diagnostics);
        Report();

        var directory = _context.ArtifactDirectory;
        var image = Path.Combine(directory, $"{_image}.wic");
        var used = new List<ByteRange> { new(0, layout!.Head), new(layout.Size - layout.Tail, layout.Tail) };
        var parts = new List<(string, long)>();
        for (var i = 0; i < sources.Length; i++)
        {
            var placed = layout.Partitions[i];
            if (await _contents.MakeAsync(disk, placed, sources[i], i, cancel) is not { } content) continue;
            parts.Add((content.File, placed.Start));
            used.AddRange(content.Used.Select(u => u with { Start = u.Start + placed.Start }));
            if (content.RootHash is { } hash) await File.AppendAllTextAsync(Path.Combine(directory, $"{_image}.roothash"), $"{hash} {placed.Partition.Parameters["data"]}\n", cancel);
        }
        DiskWriter.Write(image, layout.Size, parts, cancel);
        await _contents.RunAsync("the partition table", $"sfdisk -q --no-reread --no-tell-kernel {_contents.Sandbox(image)}", layout.SfdiskScript(_image), cancel);
        BlockMap.Write(image, used, image + ".bmap");
        foreach (var placed in layout.Partitions) _context.Log(string.Create(CultureInfo.InvariantCulture, $"{placed.Partition.Name}: {placed.Start} + {placed.Size} bytes"));
    }

    private void Report() => _context.Report(_diagnostics);

    /// <summary>The artifact of the root file system in this form, or null.</summary>
    internal static string? RootfsForm(BuiltinContext context, string image, string type) =>
        context.InputsOf(RootfsTaskPrefix + type).Select(i => Path.Combine(i.Path, $"{image}.{type}")).FirstOrDefault(File.Exists);
}
