using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Benchmarks.Packaging;

/// <summary>
/// <c>dotnet run -c Release --project tests/Strata.Benchmarks -- image-cost [MEGABYTES]</c>: what images of one tree cost Strata and its peers,
/// in processor time (a busy machine does not change that much) and memory, one after the other. U is the time of <c>tar | gzip -6</c>.
/// </summary>
internal static partial class ImageCost
{
    public const string Verb = "image-cost", WriteVerb = "image-write";
    private const int DefaultMegabytes = 200;
    private const long LargestFile = 20_000_000;

    public static async Task RunAsync(string[] arguments)
    {
        var wanted = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultMegabytes;
        var scratch = Directory.CreateTempSubdirectory("strata-image-cost-").FullName;
        try
        {
            var (tree, tar) = (Path.Combine(scratch, "tree"), Path.Combine(scratch, "rootfs.tar"));
            await CopyTreeAsync(tree, wanted * 1_000_000L);
            await ShellAsync($"tar -cf {tar} --sort=name -C {tree} .");
            var self = Environment.ProcessPath!;
            Console.WriteLine($"{new FileInfo(tar).Length / 1_000_000} MB");
            var unit = await MeasureAsync("tar | gzip -6", $"tar -cf - -C {tree} . | gzip -6 > {scratch}/peer.tar.gz", 0);
            await MeasureAsync("tar | zstd -3", $"tar -cf - -C {tree} . | zstd -q -3 > {scratch}/peer.tar.zst", unit);
            foreach (var way in (string[])["gzip", "zstd"])
                await MeasureAsync($"Strata {way}", $"{self} {WriteVerb} {tar} {scratch}/{way} {way}", unit);
            if (Exists("umoci"))
                await MeasureAsync("umoci insert", $"cd {scratch}; umoci init --layout umoci; umoci new --image umoci:a; umoci insert --rootless --image umoci:a {tree} /", unit);
            if (Exists("buildah"))
                await MeasureAsync("buildah copy, commit, push oci:", $"cd {scratch}; export STORAGE_DRIVER=vfs; b='buildah --root {scratch}/storage --runroot {scratch}/run'; c=$($b from scratch); $b copy -q $c {tree} /; $b commit -q $c a > /dev/null; $b push -q a oci:{scratch}/buildah", unit);
        }
        finally
        {
            await ShellAsync($"chmod -R u+rwX {scratch}; rm -rf {scratch}");
        }
    }

    /// <summary>What is measured of Strata: a process of its own, its start included.</summary>
    public static async Task WriteAsync(string[] arguments)
    {
        await OciImageWriter.WriteAsync(new()
        {
            RootfsTar = arguments[0],
            OutputDirectory = arguments[1],
            Platform = OciPlatform.Of("x86_64"),
            Created = DateTimeOffset.UnixEpoch,
            Compression = arguments[2] == "zstd" ? LayerCompression.Zstd : LayerCompression.Gzip,
        }, CancellationToken.None);
        Console.Error.WriteLine(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)));
    }

    /// <summary>Programs and libraries of this machine: what root file systems are made of.</summary>
    private static async Task CopyTreeAsync(string tree, long bytes)
    {
        Directory.CreateDirectory(tree);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = new DirectoryInfo("/usr").EnumerateFiles("*", options).Where(f => f.Length is > 0 and < LargestFile).OrderBy(f => f.FullName, StringComparer.Ordinal);
        foreach (var file in files.TakeWhile(f => (bytes -= f.Length) > 0))
        {
            var target = tree + file.FullName;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }
        await ShellAsync("sync");
    }

    /// <returns>Seconds of processor time, user and system, of all processes.</returns>
    private static async Task<double> MeasureAsync(string name, string script, double unit)
    {
        var error = await ShellAsync($"TIMEFORMAT='cpu %U %S'; time {{ {script}; }}");
        var seconds = Cpu().Match(error).Groups.Values.Skip(1).Sum(g => double.Parse(g.ValueSpan, CultureInfo.InvariantCulture));
        var memory = Memory().Match(error) is { Success: true } m ? $"  {long.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture) / 1024,5} MB" : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {seconds,7:0.00} s  {(unit > 0 ? seconds / unit : 1),5:0.00} U{memory}"));
        return seconds;
    }

    private static async Task<string> ShellAsync(string script)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["bash", "-c", script] }, CancellationToken.None);
        return outcome.Succeeded ? outcome.Error : throw new InvalidOperationException($"{script}: {outcome.Error}");
    }

    private static bool Exists(string tool) => new NeedsToolAttribute(tool).IsThere;

    [GeneratedRegex("cpu ([0-9.]+) ([0-9.]+)")]
    private static partial Regex Cpu();

    [GeneratedRegex("VmHWM:\\s+([0-9]+) kB")]
    private static partial Regex Memory();
}
