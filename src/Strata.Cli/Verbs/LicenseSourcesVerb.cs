using System.Collections.Immutable;
using CommandLine;
using Strata.Cache;
using Strata.Cli.Builtins;
using Strata.Cli.Licenses;
using Strata.Cli.SourceBundles;
using Strata.Cli.Usage;
using Strata.Compliance;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Metadata;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("license sources", HelpText = "Collect everything that an image was made from, so that others can build it again without a network: sources, patches, recipes, configuration.")]
[Examples(
    "strata license sources target-image",
    "strata license sources target-image --copyleft-only --into product-sources.tar.zst   # what licences oblige to offer")]
public sealed record LicenseSourcesVerb : WorkspaceVerb
{
    private const string ArchiveSuffix = ".tar.zst";

    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "A recipe, for instance target-image; it is built first, or taken from the cache.")]
    public string Image { get; init; } = "";

    [Option("copyleft-only", HelpText = "Only sources of what is installed under a licence that obliges to offer them; what was left out is listed with the reason.")]
    public bool CopyleftOnly { get; init; }

    [Option("into", MetaValue = "DIR|FILE.tar.zst", HelpText = "Where to (default: build/tmp/deploy/sources/IMAGE-MACHINE.tar.zst). Of a directory, an earlier bundle is replaced.")]
    public string? Into { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: false);
        var wanted = Into is null ? null : Path.GetFullPath(Into, context.CurrentDirectory);
        if (wanted is not null && IsTaken(wanted)) return Refuse(events, BundleRules.DirectoryTaken(wanted), ExitCode.Usage);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return ExitCode.BadMetadata;
        if (metadata.Recipes.FirstOrDefault(r => r.Name == Image && r.SkipReason is null) is not { } image) return Refuse(events, CliRules.UnknownRecipe(Image, metadata.Recipes.Select(r => r.Name)), ExitCode.BadMetadata);
        if (image.Tasks.All(t => t.Name != "do_rootfs")) return Refuse(events, BundleRules.NoImage(new(image.File), Image), ExitCode.BadMetadata);

        string[] targets = [Image, .. new[] { "do_rootfs", "do_image_oci" }.Where(name => image.Tasks.Any(t => t.Name == name)).Select(name => $"{Image}:{name}")];
        if (session.Resolve(metadata, targets, cancel) is not { } graph) return ExitCode.BadMetadata;
        if (!session.MayShip(metadata, graph) || !session.HasLockedSources(metadata, graph)) return ExitCode.BuildFailed;
        var settings = new BuildSettings(Environment.ProcessorCount, KeepGoing: false, DryRun: false) { Stop = context.Interruption.AskGently() };
        if (await session.ExecuteAsync(metadata, graph, settings, cancel) is not var (outcome, _)) return ExitCode.BadMetadata;
        if (!outcome.Succeeded) return outcome.Cancelled ? ExitCode.Interrupted : ExitCode.BuildFailed;

        var diagnostics = new Diagnostics();
        var code = await BundleAsync(workspace, wanted, context.Environment, new(metadata, graph, image, outcome), events, diagnostics, cancel);
        foreach (var problem in diagnostics.Sorted()) events.Publish(new DiagnosticReported(problem));
        return code;
    }

    private static ExitCode Refuse(EventStream events, Diagnostic problem, ExitCode code)
    {
        events.Publish(new DiagnosticReported(problem));
        return code;
    }

    private async Task<ExitCode> BundleAsync(Workspace workspace, string? wanted, ImmutableSortedDictionary<string, string> environment, Built built, EventStream events, Diagnostics diagnostics, CancellationToken cancel)
    {
        var places = Places.Of(built.Metadata.Configuration, workspace);
        var name = built.Image.Get("IMAGE_NAME") ?? Image;
        var target = wanted ?? Path.Combine(places.Deploy, "sources", name + ArchiveSuffix);
        var isArchive = target.EndsWith(ArchiveSuffix, StringComparison.Ordinal);

        using var store = ArtifactStore.Open(places.Store);
        using var sources = SourceTools.Open(workspace, built.Metadata.Configuration, environment, diagnostics);
        var scratch = AtomicFile.ScratchName(target);
        try
        {
            if (await new BundleWriter(Request(workspace, built, store, sources), scratch, diagnostics).WriteAsync(cancel) is not { } bundle) return ExitCode.BuildFailed;
            if (isArchive) await BundleArchive.WriteAsync(scratch, target, cancel);
            else Replace(scratch, target);
            foreach (var left in bundle.LeftOut) events.Publish(new Announced($"left out {left.Name} {left.Version} ({left.License}): {left.Reason}"));
            events.Publish(new Announced($"{bundle.Recipes.Length} recipes, {bundle.LeftOut.Length} left out: {target}"));
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(BundleRules.NotWritten(target, e.Message));
            return ExitCode.BuildFailed;
        }
        finally
        {
            FileTree.Delete(scratch);
        }
    }

    private BundleRequest Request(Workspace workspace, Built built, ArtifactStore store, SourceTools sources)
    {
        var rootfs = PathOf("do_rootfs")!;
        var manifest = PathOf("do_image_oci") is { } oci ? ImageReader.ManifestOf(Path.Combine(oci, $"{built.Image.Get("IMAGE_NAME")}.oci")) : null;
        return new()
        {
            Workspace = workspace,
            Metadata = built.Metadata,
            Image = built.Image,
            Recipes = built.Recipes,
            Rootfs = RootfsManifest.Read(rootfs),
            Identities = [.. ImageIdentities.Of(manifest, rootfs)],
            LayerOrigins = LayerStates.Parse(built.Image.Variables.Get(LayerStates.Variable) ?? ""),
            OnlyCopyleft = CopyleftOnly,
            Sources = sources,
        };

        string? PathOf(string task) => built.Outcome.Artifacts.TryGetValue($"{Image}:{task}", out var artifact) ? store.PathOf(artifact) : null;
    }

    /// <summary>Whether something else than an earlier bundle is there, which nobody wants to lose.</summary>
    private static bool IsTaken(string target) => !target.EndsWith(ArchiveSuffix, StringComparison.Ordinal)
        && (File.Exists(target) || (System.IO.Directory.Exists(target) && System.IO.Directory.EnumerateFileSystemEntries(target).Any() && !BundleWriter.IsBundle(target)));

    private static void Replace(string scratch, string target)
    {
        FileTree.Delete(target);
        System.IO.Directory.Move(scratch, target);
    }

    /// <summary>What is known after the build.</summary>
    private sealed record Built(LoadedMetadata Metadata, TaskGraph Graph, Recipe Image, BuildOutcome Outcome)
    {
        /// <summary>By name, then file.</summary>
        public ImmutableArray<Recipe> Recipes
        {
            get
            {
                var used = Graph.Tasks.Select(t => (t.RecipeFile, t.RecipeName)).ToHashSet();
                return [.. Metadata.Recipes.Where(r => used.Contains((r.File, r.Name))).OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.File, StringComparer.Ordinal)];
            }
        }
    }
}
