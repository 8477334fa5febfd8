using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>conf/bblayers.conf and conf/local.conf of a product's workspace. Without the first one, there is no workspace to build in.</summary>
internal static class ConfigurationFiles
{
    public static void Write(Product product)
    {
        WriteIfChanged(PathOf(product.Places, "local.conf"), Local(product));
        WriteIfChanged(PathOf(product.Places, "bblayers.conf"), Layers(product));
    }

    /// <summary>While repositories change, nobody can build with half of them.</summary>
    public static void Withdraw(ProductPlaces places)
    {
        var layers = PathOf(places, "bblayers.conf");
        if (File.Exists(layers)) File.Delete(layers);
    }

    public static string Entry(string layer, string build) => $"${{TOPDIR}}/{Path.GetRelativePath(build, layer)}";

    public static string Layers(Product product)
    {
        var entries = string.Join(" \\\n    ", product.Layers.Select(l => Entry(l.Directory, product.Places.Build)));
        return $"{product.LayersHeader}BBLAYERS ?= \" \\\n    {entries}\"\nBBPATH ?= \"${{TOPDIR}}\"\nBBFILES ??= \"\"\n";
    }

    public static string Local(Product product) =>
        $"{product.LocalHeader}MACHINE ??= \"{product.Machine}\"\nDISTRO ??= \"{product.Distribution}\"\nBBMULTICONFIG ?= \"{string.Join(' ', product.MultiConfigs)}\"\n";

    private static string PathOf(ProductPlaces places, string name) => Path.Combine(places.Build, "conf", name);

    /// <summary>An unchanged file keeps its time, so that a build with nothing to do stays one.</summary>
    private static void WriteIfChanged(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text) AtomicFile.WriteAllText(path, text);
    }
}
