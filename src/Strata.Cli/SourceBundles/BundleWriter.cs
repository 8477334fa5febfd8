using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Strata.Cli.Builtins;
using Strata.Cli.Licenses;
using Strata.Compliance;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.SourceBundles;

/// <summary>Writes everything that an image was made from into a directory: the same bytes for the same image.</summary>
internal sealed class BundleWriter
{
    private const string SourcesName = "sources";
    private const string IndexName = "index.json";
    private const string WorkspaceName = "workspace";

    private readonly BundleRequest _request;
    private readonly string _directory;
    private readonly Diagnostics _diagnostics;
    private readonly SourceSelection _selection;
    private readonly ImmutableArray<(Recipe Recipe, SourcePlan Plan)> _plans;

    /// <param name="directory">Absolute; does not exist yet.</param>
    public BundleWriter(BundleRequest request, string directory, Diagnostics diagnostics)
    {
        (_request, _directory, _diagnostics) = (request, directory, diagnostics);
        var policy = LicensePolicyReader.Read(request.Image.Variables.Get, name => request.Image.Variables.PlaceOf(name), diagnostics);
        var withSources = request.Recipes.Where(r => r.Tasks.Any(t => t.Name == "do_fetch")).ToImmutableArray();
        _selection = SourceSelection.Of(withSources, request.Rootfs, policy.Categories, request.OnlyCopyleft);
        _plans = [.. _selection.Recipes.Select(r => (r, SourcePlan.Create(SourceRequests.Of(r), diagnostics))).Where(p => p.Item2 is not null).Select(p => (p.r, p.Item2!))];
    }

    /// <summary>Whether a directory is what somebody wrote with this; an image layout has an index of that name as well.</summary>
    public static bool IsBundle(string directory) =>
        File.Exists(Path.Combine(directory, IndexName)) && File.Exists(Path.Combine(directory, BundleDirectory.SumsName)) && Directory.Exists(Path.Combine(directory, WorkspaceName));

    /// <summary>Null after reporting why there is no bundle.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public async Task<BundledImage?> WriteAsync(CancellationToken cancel)
    {
        foreach (var (recipe, plan) in _plans)
            foreach (var tree in plan.Sources.OfType<DevelopmentTree>()) _diagnostics.Add(BundleRules.Development(plan.Place, recipe.Name, tree.Path));
        if (_diagnostics.HasErrors) return null;
        foreach (var file in BundleWorkspace.FilesOutside(_request)) _diagnostics.Add(BundleRules.Outside(file));

        // What came from a cache was never fetched here.
        foreach (var (_, plan) in _plans)
            foreach (var missing in (await _request.Sources.Fetcher.FetchAsync(plan, null, cancel)).OfType<FetchOutcome.Unavailable>()) _diagnostics.Add(missing.Problem);
        if (_diagnostics.HasErrors) return null;

        Directory.CreateDirectory(_directory);
        var mirror = new OfflineMirror(Path.Combine(_directory, SourcesName), _request.Sources.Fetcher, _request.Sources.Blobs) { IsCanonical = true };
        foreach (var problem in await mirror.AddAsync([.. _plans.Select(p => p.Plan)], cancel)) _diagnostics.Add(problem);
        if (_diagnostics.HasErrors) return null;
        foreach (var (recipe, plan) in _plans) WritePatches(recipe, plan);
        var layers = WriteLayers();
        BundleWorkspace.Write(_request, Path.Combine(_directory, WorkspaceName), layers.Select(l => l.Path));
        var image = Describe(layers);
        AtomicFile.WriteAllText(Path.Combine(_directory, "README"), BundleReadme.Of(image));
        var index = new BundleIndex(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create(_request.Identities[0].Digest.ToString(), image)]));
        AtomicFile.WriteAllText(Path.Combine(_directory, IndexName), JsonSerializer.Serialize(index, BundleJson.Readable.BundleIndex) + "\n");
        BundleDirectory.WriteSums(_directory);
        return image;
    }

    /// <summary>Patches are in layers and sources already, but not in their order.</summary>
    private void WritePatches(Recipe recipe, SourcePlan plan)
    {
        var series = new StringBuilder();
        var directory = Path.Combine(_directory, "patches", recipe.Name);
        foreach (var patch in plan.Sources.Where(PatchSeries.IsPatch))
        {
            var name = Path.GetFileName(patch.Uri.FileName);
            var level = patch.Uri.Parameter("striplevel") ?? patch.Uri.Parameter("pnum") ?? "1";
            if (!File.Exists(Path.Combine(directory, name))) BundleDirectory.Copy(patch is LocalFile local ? local.Path : _request.Sources.Blobs.PathOf(((PinnedFile)patch).Pin), Path.Combine(directory, name));
            series.Append(name).Append(level == "1" ? "" : $" -p{level}").Append('\n');
        }
        if (series.Length > 0) AtomicFile.WriteAllText(Path.Combine(directory, "series"), series.ToString());
    }

    private ImmutableArray<BundledLayer> WriteLayers()
    {
        var written = ImmutableArray.CreateBuilder<BundledLayer>();
        var used = _request.OnlyCopyleft ? BundledFiles.UsedBy(_selection.Recipes) : null;
        foreach (var (name, directory) in _request.Layers)
        {
            var path = FreePath(Path.GetFileName(directory), written);
            foreach (var file in BundledFiles.Of(directory, _request.Workspace.BuildDirectory, _directory))
                if (used is null || BundledFiles.IsShared(file) || used.Contains(Path.Combine(directory, file))) BundleDirectory.Copy(Path.Combine(directory, file), Path.Combine(_directory, path, file));
            written.Add(new(name, path, _request.LayerOrigins.FirstOrDefault(o => o.Name == name) ?? new(name, "", "", 0)));
        }
        return written.ToImmutable();
    }

    private static string FreePath(string name, ImmutableArray<BundledLayer>.Builder taken)
    {
        var path = $"layers/{name}";
        for (var number = 2; taken.Any(l => l.Path == path); number++) path = $"layers/{name}-{number}";
        return path;
    }

    private BundledImage Describe(ImmutableArray<BundledLayer> layers) => new()
    {
        Recipe = _request.Image.Name,
        Name = _request.Image.Get("IMAGE_NAME") ?? _request.Image.Name,
        Version = _request.Image.Get("PV") ?? "",
        Digests = _request.Identities.ToImmutableSortedDictionary(i => i.Name, i => i.Digest.ToString(), StringComparer.Ordinal),
        IsComplete = !_request.OnlyCopyleft,
        ToolVersion = typeof(BundleWriter).Assembly.GetName().Version!.ToString(3),
        BuildMachine = DistributionName(),
        BuildEnvironment = _request.Metadata.Configuration.Get("BUILD_ENVIRONMENT") ?? "",
        HostPackages = [.. _request.Recipes.SelectMany(r => Words.Of(r.Variables.Get("HOST_PACKAGE_VERSIONS"))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Layers = layers,
        Recipes = [.. _plans.Select(p => new BundledRecipe(p.Recipe.Name, p.Recipe.Get("PV") ?? "", _selection.LicenseOf(p.Recipe), _selection.PackagesOf(p.Recipe), [.. p.Plan.Sources.Select(s => Source(s, layers))]))],
        LeftOut = _selection.LeftOut,
    };

    private BundledSource Source(PinnedSource source, ImmutableArray<BundledLayer> layers) => source switch
    {
        PinnedFile file => new(file.Uri.Address, $"{SourcesName}/{file.Uri.FileName}", file.Pin.Hex, PatchSeries.IsPatch(file)),
        PinnedGit git => new(git.Uri.Address, $"{SourcesName}/git/{GitMirrors.NameOf(git.Uri)}", git.Revision, false),
        LocalFile local => new(local.Uri.Path, InBundle(local.Path, layers), File.Exists(local.Path) ? Digest.OfFile(local.Path).Hex : "", PatchSeries.IsPatch(local)),
        _ => throw new InvalidOperationException($"{source.GetType().Name} has been refused"),
    };

    /// <summary>Empty for what lies in no layer. The layers are those of the request, in its order.</summary>
    private string InBundle(string path, ImmutableArray<BundledLayer> layers) =>
        _request.Layers.Zip(layers).Where(l => BundledFiles.IsBelow(path, l.First.Directory)).OrderByDescending(l => l.First.Directory.Length)
            .Select(l => $"{l.Second.Path}/{Path.GetRelativePath(l.First.Directory, path)}").FirstOrDefault() ?? "";

    private static string DistributionName()
    {
        const string file = "/etc/os-release";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal)) : null;
        return line?["PRETTY_NAME=".Length..].Trim('"') ?? "an unknown distribution";
    }
}
