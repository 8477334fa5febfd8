using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Makes images of a few packages: recipes <c>a</c> to <c>h</c>, each with a program, and all with parts of shared directories.</summary>
internal sealed class ImageFixture(Scratch scratch)
{
    public static DateTimeOffset Epoch { get; } = DateTimeOffset.FromUnixTimeSeconds(1_600_000_000);

    /// <param name="edited">The recipe whose program has other content, or null.</param>
    public async Task<OciImage> WriteAsync(string name, LayerStrategy layers, LayerCompression compression = LayerCompression.Gzip, int budget = 40, string? edited = null, string architecture = "x86_64", string? cache = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        var diagnostics = new Diagnostics();
        var rootfs = $"{name}-rootfs";
        FileTree.Delete(scratch[rootfs]);
        RootfsBuilder.Build(new()
        {
            Install = [.. "abcdefgh".Select(c => c.ToString())],
            PackageArtifacts = [.. "abcdefgh".Select(c => Package(name, c.ToString(), c.ToString() == edited, diagnostics))],
            OutputDirectory = scratch[rootfs],
            Epoch = Epoch,
            RequireBasics = false,
            Edits = [new RootfsEdit.WriteFile("/etc/image", "image\n"), new RootfsEdit.MakeDirectory("/var/lib/empty", 0b111_000_000)],
        }, diagnostics, cancel);
        Assert.False(diagnostics.HasErrors, string.Join('\n', diagnostics.Sorted()));
        return await OciImageWriter.WriteAsync(new()
        {
            RootfsTar = scratch[$"{rootfs}/rootfs.tar"],
            OutputDirectory = scratch[name],
            Platform = OciPlatform.Of(architecture),
            Created = Epoch,
            Layers = layers,
            LayerBudget = budget,
            Compression = compression,
            CacheDirectory = cache,
            Entrypoint = ["/usr/bin/a"],
            StopSignal = "SIGTERM",
            Volumes = ["/data"],
        }, cancel);
    }

    private string Package(string image, string recipe, bool isEdited, Diagnostics diagnostics)
    {
        var tree = $"{image}-{recipe}-d";
        scratch.MakeDirectory($"{tree}/tmp", 0b001_111_111_111);
        scratch.Write($"{tree}/usr/bin/{recipe}", string.Concat(Enumerable.Repeat($"{recipe}{(isEdited ? "!" : ".")}", 1 << (recipe[0] - 'a' + 4))), 0b111_101_101);
        scratch.Link($"{tree}/usr/lib/{recipe}", $"../bin/{recipe}");
        PackageSplitter.Split(new()
        {
            InstallTree = scratch[tree],
            OutputDirectory = scratch[$"{tree}-packages"],
            Recipe = recipe,
            Version = "1",
            License = "MIT",
            PackageArchitecture = "all",
            Packages = [new() { Name = recipe, Files = ["/"] }],
        }, diagnostics, TestContext.Current.CancellationToken);
        return scratch[$"{tree}-packages"];
    }
}
