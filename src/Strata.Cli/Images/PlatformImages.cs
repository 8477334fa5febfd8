using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Images;

/// <summary>What a build for several machines made of one image recipe, under one name: each platform then takes its own.</summary>
internal static class PlatformImages
{
    /// <summary>Stands where the name of a machine stands otherwise.</summary>
    private const string Machine = "multiarch";

    private const string Tag = "latest";

    /// <summary>Writes an index for each image that was deployed for several machines. Those for which two machines are the same platform are left out and reported.</summary>
    /// <exception cref="ImageException">An image is damaged.</exception>
    public static async Task<ImmutableArray<DeployedTree>> JoinAsync(IEnumerable<DeployedTree> deployed, Places places, Action<Diagnostic> report, CancellationToken cancel)
    {
        var joined = ImmutableArray.CreateBuilder<DeployedTree>();
        var images = deployed.SelectMany(d => d.Files).Where(f => Path.GetFileName(f) == "oci-layout").Select(f => Path.GetDirectoryName(f)!);
        foreach (var machines in images.GroupBy(NameOf, StringComparer.Ordinal).Where(g => g.Count() > 1).OrderBy(g => g.Key, StringComparer.Ordinal))
            try
            {
                var directory = Path.Combine(places.Deploy, "images", Machine);
                var layout = Path.Combine(directory, $"{machines.Key}-{Machine}.oci");
                await WriteAsync([.. machines.Order(StringComparer.Ordinal)], layout, cancel);
                joined.Add(new(directory, [.. Directory.EnumerateFiles(layout, "*", SearchOption.AllDirectories)]));
            }
            catch (ImageException e) when (e.Diagnostic.Rule == ImageRules.SamePlatformRule)
            {
                report(e.Diagnostic with { Rule = e.Diagnostic.Rule with { Severity = Severity.Warning } });
            }
        return joined.ToImmutable();
    }

    /// <summary>The image without its machine: <c>images/qemuarm64/app-qemuarm64.oci</c> is <c>app</c>.</summary>
    private static string NameOf(string layout)
    {
        var name = Path.GetFileNameWithoutExtension(layout);
        var machine = $"-{Path.GetFileName(Path.GetDirectoryName(layout))}";
        return name.EndsWith(machine, StringComparison.Ordinal) ? name[..^machine.Length] : name;
    }

    private static async Task WriteAsync(ImmutableArray<string> layouts, string path, CancellationToken cancel)
    {
        var target = new LayoutImages(path);
        var images = layouts.Select(l => (Store: (ImageStore)new LayoutImages(l), Name: new LayoutImages(l).OnlyTag ?? Tag)).ToArray();
        var index = await PlatformIndex.OfAsync(images, cancel);
        // The blobs of another index would stay for ever.
        if (await target.FindDigestAsync(Tag, cancel) != index.Digest) FileTree.Delete(path);
        _ = await PlatformIndex.WriteAsync(images, target, Tag, cancel);
        // Not every tool can choose in an index.
        foreach (var image in index.Children)
            await target.WriteManifestAsync(await target.GetAsync(image.Digest, cancel), TagOf(image.Platform!, index), cancel);
    }

    /// <summary>Such as <c>amd64</c>; <c>arm-v7</c> where there is another arm beside it.</summary>
    private static string TagOf(OciPlatform platform, ImageManifest index) =>
        index.Children.Count(c => c.Platform!.Architecture == platform.Architecture) == 1 ? platform.Architecture : $"{platform.Architecture}-{platform.Variant}";
}
