using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>The patches of a repository as files, in the order in which they apply.</summary>
internal static class PatchFiles
{
    /// <param name="directories">Where repositories lie, by their keys.</param>
    /// <exception cref="ProductException">A patch is not there.</exception>
    public static ImmutableArray<string> Of(ProductRepository repository, IReadOnlyDictionary<string, string> directories) =>
        [.. repository.Patches.SelectMany(p => Files(repository, p, Path.Combine(directories[p.Repository], p.Path)))];

    public static string DigestOf(ImmutableArray<string> files)
    {
        if (files is []) return "";
        var key = new KeyBuilder("strata/layer-patches/1");
        for (var i = 0; i < files.Length; i++) key.Add($"patch:{i:D4}", Digest.Of(File.ReadAllBytes(files[i])).Hex);
        return key.Build().Digest.Hex;
    }

    private static ImmutableArray<string> Files(ProductRepository repository, ProductPatch patch, string path)
    {
        if (File.Exists(path)) return [path];
        var series = Path.Combine(path, "series");
        if (!File.Exists(series)) throw Refused(repository, patch, $"neither {path} nor {series} is a file");
        ImmutableArray<string> files =
            [.. File.ReadLines(series).Where(l => !l.StartsWith('#')).Select(l => l.Split(" #")[0].Trim()).Where(l => l.Length > 0).Select(l => Path.Combine(path, l))];
        return files.FirstOrDefault(f => !File.Exists(f)) is { } missing ? throw Refused(repository, patch, $"{series} names {missing}, which is missing") : files;
    }

    private static ProductException Refused(ProductRepository repository, ProductPatch patch, string reason) =>
        new(ProductRules.Patch(patch.Place, repository.Key, patch.Name, reason));
}
