using BenchmarkDotNet.Attributes;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Benchmarks.Packaging;

/// <summary>Root file system → OCI layout, against what everyone has: <c>tar | gzip</c> over the same tree. Budget: at least its speed.</summary>
public class OciLayoutBenchmark
{
    private const long WantedBytes = 60_000_000;

    private readonly string _scratch = Directory.CreateTempSubdirectory("strata-benchmark-").FullName;

    private string Tree => Path.Combine(_scratch, "tree");

    private string Tar => Path.Combine(_scratch, "rootfs.tar");

    /// <summary>About 60 MB of this machine's programs and libraries: what root file systems are made of.</summary>
    [GlobalSetup]
    public async Task Setup()
    {
        Directory.CreateDirectory(Tree);
        long bytes = 0;
        foreach (var file in new DirectoryInfo("/usr/bin").EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (file.LinkTarget is not null || file.Length > 5_000_000 || bytes > WantedBytes) continue;
            file.CopyTo(Path.Combine(Tree, file.Name));
            bytes += file.Length;
        }
        await ProcessRunner.RunAsync(new() { Command = ["tar", "-cf", Tar, "-C", Tree, "."] }, CancellationToken.None);
    }

    [GlobalCleanup]
    public void Cleanup() => FileTree.Delete(_scratch);

    [Benchmark(Baseline = true, Description = "tar | gzip -6")]
    public async Task<int> TarAndGzip() =>
        (await ProcessRunner.RunAsync(new() { Command = ["sh", "-c", $"tar -cf - -C {Tree} . | gzip -6 > {_scratch}/peer.tar.gz"] }, CancellationToken.None)).ExitCode;

    [Benchmark(Description = "Strata: rootfs.tar → OCI layout")]
    public async Task<Digest> OciLayout()
    {
        var output = Path.Combine(_scratch, "layout");
        FileTree.Delete(output);
        var image = await OciImageWriter.WriteAsync(new()
        {
            RootfsTar = Tar,
            OutputDirectory = output,
            Platform = OciPlatform.Of("x86_64"),
            Created = DateTimeOffset.UnixEpoch,
        }, CancellationToken.None);
        return image.Manifest;
    }
}
