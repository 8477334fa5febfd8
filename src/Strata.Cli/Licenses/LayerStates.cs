using System.Collections.Immutable;
using System.Globalization;
using Strata.Cli.Layers;
using Strata.Compliance;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Cli.Licenses;

/// <summary>
/// Tells images which commits the layers are at: LAYER_STATES, which only their provenance reads, so that a new commit rewrites that and builds
/// nothing else.
/// </summary>
internal static class LayerStates
{
    public const string Variable = "LAYER_STATES";

    public static void FillIn(UnkeyedBuild build, ImmutableArray<Layer> layers, CancellationToken cancel)
    {
        ImmutableArray<Recipe> images = [.. build.UsersOf("provenance").Select(u => u.Recipe).Distinct()];
        if (images.IsEmpty) return;
        // The graph is built on one thread that has nothing else to do meanwhile.
        var states = Task.WhenAll(layers.Where(l => l.Directory.Length > 0).OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => LineAsync(l, cancel))).GetAwaiter().GetResult();
        foreach (var image in images) image.Variables.Set(Variable, string.Concat(states));
    }

    /// <summary>The value of the variable as layers.</summary>
    public static ImmutableArray<ProvenanceLayer> Parse(string text) =>
        [.. text.Split('\n').Select(line => line.Split('\t')).Where(parts => parts.Length == 4).Select(parts => new ProvenanceLayer(parts[0], parts[1], parts[2], int.Parse(parts[3], CultureInfo.InvariantCulture)))];

    private static async Task<string> LineAsync(Layer layer, CancellationToken cancel)
    {
        if (await GitState.ReadAsync(layer.Directory, cancel) is not { } state) return $"{layer.Name}\t\t\t0\n";
        var remote = await ProcessRunner.RunAsync(new() { Command = GitState.Asking(layer.Directory, "config", "--get", "remote.origin.url") }, cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{layer.Name}\t{WithoutUser(remote.Output.Trim())}\t{state.Commit}\t{state.Changed.Length}\n");
    }

    /// <summary>A password in an address is for nobody else, and a directory of this machine means nothing elsewhere.</summary>
    private static string WithoutUser(string address) => !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.IsFile ? ""
        : uri.UserInfo.Length == 0 ? address : address.Replace($"{uri.UserInfo}@", "", StringComparison.Ordinal);
}
