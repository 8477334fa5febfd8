using System.Collections.Immutable;
using System.Numerics;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// Shares the entries of a root file system out among image layers, so that an edit of one recipe moves one image layer. The largest
/// recipes get one each; the others fall by the digest of their name into a fixed number of them, so that a recipe more or less moves no
/// other. Every image layer has the directories above its files with their owners and modes: an unpacker must not invent them, and any
/// order gives the same tree. No path but directories is in two of them.
/// </summary>
internal static class LayerPlan
{
    public const string WholeName = "rootfs";

    /// <summary>What no package owns: accounts, links between alternatives, the changes of the image itself.</summary>
    private const string RestName = "image";

    public static ImmutableArray<PlannedLayer> Single(ImmutableArray<TarSlice> slices) => [new(WholeName, slices)];

    /// <param name="budget">The most image layers, at least 3.</param>
    public static ImmutableArray<PlannedLayer> ByPackages(RootfsManifest manifest, ImmutableArray<TarSlice> slices, int budget)
    {
        var order = Order(manifest);
        var names = LayerNames(order, budget - 1);
        var owners = Owners(manifest, names);
        var byPath = slices.Select((s, i) => (s.Path, i)).ToDictionary(p => p.Path, p => p.i, StringComparer.Ordinal);
        var layers = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        for (var i = 0; i < slices.Length; i++)
            // A hard link needs its file beside it.
            Put(layers, owners.GetValueOrDefault(slices[i].HardLinkTarget ?? slices[i].Path, RestName), slices[i].Path, byPath);

        return [.. order.Select(r => names[r]).Distinct(StringComparer.Ordinal).Append(RestName).Where(layers.ContainsKey)
                        .Select(n => new PlannedLayer(n, [.. layers[n].Select(i => slices[i])]))];
    }

    /// <summary>Recipes, the largest first. Only the order of magnitude counts, so that small changes of size change nothing.</summary>
    private static ImmutableArray<string> Order(RootfsManifest manifest) =>
        [.. manifest.Packages.GroupBy(p => p.Recipe, StringComparer.Ordinal)
                    .OrderByDescending(g => BitOperations.Log2((ulong)g.Sum(p => p.Files.Sum(f => f.Size)) + 1)).ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => g.Key)];

    private static Dictionary<string, string> LayerNames(ImmutableArray<string> order, int budget)
    {
        var alone = order.Length <= budget ? order.Length : budget / 2;
        var shared = budget - alone;
        return order.Select((recipe, i) => (recipe, Name: i < alone ? recipe : $"shared-{Bucket(recipe, shared)}"))
            .ToDictionary(p => p.recipe, p => p.Name, StringComparer.Ordinal);
    }

    private static int Bucket(string recipe, int count) => Convert.ToInt32(Digest.Of(recipe).Hex[..6], 16) % count;

    private static Dictionary<string, string> Owners(RootfsManifest manifest, Dictionary<string, string> names)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var package in manifest.Packages)
            foreach (var file in package.Files) owners.TryAdd(file.Path, names[package.Recipe]);
        foreach (var file in manifest.Generated) owners.Remove(file.Path);
        return owners;
    }

    private static void Put(Dictionary<string, SortedSet<int>> layers, string name, string path, Dictionary<string, int> byPath)
    {
        if (!layers.TryGetValue(name, out var layer)) layers[name] = layer = [];
        while (byPath.TryGetValue(path, out var index) && layer.Add(index) && path != "/") path = RootfsPath.Parent(path);
    }
}
