namespace Strata.Cli.Layers;

/// <summary>The core layer and the examples that a new product can start from: those of the nearest checkout.</summary>
/// <param name="Root">The directory that has meta-core and meta-examples.</param>
internal sealed record Examples(string Root)
{
    private const string RecipesOf = "recipes-";

    public string Core => Path.Combine(Root, "meta-core");

    private string Layer => Path.Combine(Root, "meta-examples");

    /// <summary>The name of each is that of a directory <c>recipes-NAME</c> of meta-examples; sorted.</summary>
    public string[] Names => !Directory.Exists(Layer) ? [] :
        [.. Directory.EnumerateDirectories(Layer, $"{RecipesOf}*").Select(d => Path.GetFileName(d)[RecipesOf.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>Looks at each start and above it, in this order; null when there is no meta-core.</summary>
    public static Examples? Find(params string[] starts)
    {
        foreach (var start in starts)
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
                if (File.Exists(Path.Combine(directory.FullName, "meta-core", "conf", "layer.conf"))) return new(directory.FullName);
        return null;
    }

    /// <summary>The image that the example builds; null when it has none.</summary>
    public string? ImageOf(string example)
    {
        var images = Path.Combine(Layer, RecipesOf + example, "images");
        return Directory.Exists(images) ? Directory.EnumerateFiles(images, "*.bb").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal).FirstOrDefault() : null;
    }

    /// <summary>The distribution that belongs to the example; the core one when it has none of its own.</summary>
    public string DistributionOf(string example) => File.Exists(Distribution(Layer, example)) ? example : "strata";

    /// <summary>Copies recipes and configuration of the example into a layer.</summary>
    public void Copy(string example, string layer)
    {
        var from = Path.Combine(Layer, RecipesOf + example);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            CopyFile(file, Path.Combine(layer, RecipesOf + example, Path.GetRelativePath(from, file)));
        if (File.Exists(Distribution(Layer, example))) CopyFile(Distribution(Layer, example), Distribution(layer, example));
    }

    private static string Distribution(string layer, string example) => Path.Combine(layer, "conf", "distro", $"{example}.conf");

    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
