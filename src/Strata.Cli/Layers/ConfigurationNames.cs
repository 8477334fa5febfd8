using System.Collections.Immutable;

namespace Strata.Cli.Layers;

/// <summary>The machines or distributions that a layer has.</summary>
internal static class ConfigurationNames
{
    /// <param name="kind"><c>machine</c> or <c>distro</c>.</param>
    /// <returns>Ordinal; empty where the layer has none.</returns>
    public static ImmutableArray<string> In(string layerDirectory, string kind)
    {
        var directory = Path.Combine(layerDirectory, "conf", kind);
        return Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory, "*.conf").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)] : [];
    }
}
