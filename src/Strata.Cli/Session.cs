using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Strata.Cache;
using Strata.Cli.Builtins;
using Strata.Cli.HostTools;
using Strata.Cli.Licenses;
using Strata.Cli.Locking;
using Strata.Cli.Reports;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Metadata;
using Strata.Sandbox;

namespace Strata.Cli;

/// <summary>One run of a command in a workspace: hands the value of each stage to the next one, in the order of the pipeline.</summary>
public sealed class Session(Workspace workspace, ImmutableSortedDictionary<string, string> environment, EventStream events)
{
    private readonly Diagnostics _diagnostics = new();

    /// <summary>Reports every warning in its place, also those that there are many of.</summary>
    public bool ListsAll { get; init; }

    /// <summary>Leaves out what the moment decides, tips of branches and commits of layers: for those who ask about the metadata itself.</summary>
    public bool IsTimeless { get; init; }

    /// <summary>Whether what was resolved depends on what branches are at the moment, so that the next build must ask again.</summary>
    public bool HasFloatingSources { get; private set; }

    /// <summary>Reads all metadata, or reports why it cannot and returns null.</summary>
    public LoadedMetadata? Load(CancellationToken cancel) => Load(null, cancel);

    /// <param name="layers">Directories of the layers to use; null uses those of conf/bblayers.conf.</param>
    public LoadedMetadata? Load(ImmutableArray<string>? layers, CancellationToken cancel)
    {
        var metadata = MetadataLoader.Load(Request with { Layers = layers }, _diagnostics, cancel);
        return Report() ? metadata : null;
    }

    /// <summary>Reads the configuration and one recipe, none if the name is empty, or reports why it cannot and returns null. Of others only what was at hand.</summary>
    public LoadedMetadata? LoadOne(string recipe, CancellationToken cancel)
    {
        var metadata = MetadataLoader.Load(Request with { Recipe = recipe }, _diagnostics, cancel);
        return Report() ? metadata : null;
    }

    /// <summary>Reads the configuration and no recipe, or reports why it cannot and returns null.</summary>
    public Datastore? LoadConfiguration(CancellationToken cancel)
    {
        var configuration = MetadataLoader.LoadConfiguration(Request, _diagnostics, cancel);
        return Report() ? configuration : null;
    }

    /// <summary>The remotes that the configuration names, null when there are none; false after reporting what is wrong with them.</summary>
    public bool TryReadRemotes(Datastore configuration, out RemoteOptions? options)
    {
        options = RemoteSettings.Read(configuration, workspace, environment, _diagnostics);
        return Report();
    }

    /// <summary>Asks the remotes that the configuration names; null when there are none, or after reporting what is wrong with them.</summary>
    public async Task<T?> AskRemotesAsync<T>(Datastore configuration, Func<RemoteCache, Task<T?>> question)
        where T : class
    {
        if (!TryReadRemotes(configuration, out var options)) return null;
        if (options is null)
        {
            events.Publish(new DiagnosticReported(CliRules.NoRemoteToAsk()));
            return null;
        }
        using var seal = options.Seal;
        using var store = ArtifactStore.Open(Places.Of(configuration, workspace).Store);
        await using var remotes = RemoteCache.Open(options, store, events);
        return await question(remotes);
    }

    /// <summary>Packages of the distribution that the targets, or all recipes if there are none, import and that are not installed; null after reporting why that cannot be told.</summary>
    public ImmutableArray<string>? MissingPackages(LoadedMetadata metadata, ImmutableArray<string> targets, CancellationToken cancel)
    {
        if (targets.IsEmpty) return HostPackageVersions.MissingFor(metadata);
        return BuildGraph(metadata, targets, cancel) is var (_, hostPackages) && Report() ? hostPackages.Missing : null;
    }

    /// <summary>The tasks that the targets need, or null after reporting what is missing.</summary>
    public TaskGraph? Resolve(LoadedMetadata metadata, IEnumerable<string> targets, CancellationToken cancel)
    {
        var built = BuildGraph(metadata, [.. targets], cancel);
        built?.HostPackages.ReportMissing(built.Value.Graph, _diagnostics);
        return Report() && built is var (graph, _) ? SharedTasks.Of(graph) : null;
    }

    /// <summary>What is told to recipes is told to those of the graph only: to set a variable of a recipe is to evaluate it.</summary>
    private (TaskGraph Graph, HostPackageVersions HostPackages)? BuildGraph(LoadedMetadata metadata, ImmutableArray<string> targets, CancellationToken cancel)
    {
        HostPackageVersions? hostPackages = null;
        var graph = GraphBuilder.Build(metadata, targets, Prepare, _diagnostics, cancel);
        return graph is null || hostPackages is null ? null : (graph, hostPackages);

        void Prepare(UnkeyedBuild build)
        {
            hostPackages = HostPackageVersions.FillIn(build.Recipes, metadata.Configuration, _diagnostics);
            CveStatuses.FillIn(build);
            if (IsTimeless) return;
            LayerStates.FillIn(build, metadata.Layers, cancel);
            // The graph is made on a thread of its own, which has nothing else to do meanwhile.
            HasFloatingSources = !FloatingRevisions.FillInAsync(build.Recipes, workspace, OpenSources, _diagnostics, cancel).GetAwaiter().GetResult().IsEmpty;
        }

        SourceTools OpenSources() => SourceTools.Open(workspace, metadata.Configuration, environment, _diagnostics);
    }

    /// <summary>Whether the licences that are known before anything runs allow the build; reports why they do not.</summary>
    public bool MayShip(LoadedMetadata metadata, TaskGraph graph)
    {
        LicenseCheck.Run(metadata, graph, PolicyFile.Today, _diagnostics);
        return Report();
    }

    /// <summary>Whether all sources are those of the lock file; reports which are not, and announces what is built from a directory instead.</summary>
    public bool HasLockedSources(LoadedMetadata metadata, TaskGraph graph)
    {
        var names = graph.Tasks.Select(t => t.RecipeName).ToHashSet(StringComparer.Ordinal);
        var recipes = metadata.Recipes.Where(r => r.SkipReason is null && names.Contains(r.Name)).ToArray();
        LockCheck.Run(workspace, recipes, _diagnostics);
        foreach (var recipe in recipes)
            if (SourceRequests.DirectoryOf(recipe.Variables.Get) is { Length: > 0 } directory)
                events.Publish(new Announced($"{recipe.Name} is built from {directory} (EXTERNALSRC) and not from its pinned sources"));
        return Report();
    }

    /// <summary>Runs what the graph needs and says what lies in the deploy directory because of it; null after reporting why nothing could begin.</summary>
    public async Task<(BuildOutcome Outcome, ImmutableArray<DeployedTree> Deployed)?> ExecuteAsync(
        LoadedMetadata metadata, TaskGraph graph, BuildSettings settings, CancellationToken cancel)
    {
        var places = Places.Of(metadata.Configuration, workspace);
        using var store = ArtifactStore.Open(places.Store);
        using var history = BuildHistory.Open(places.History);
        using var sources = SourceTools.Open(workspace, metadata.Configuration, environment, _diagnostics);
        if (!TryReadRemotes(metadata.Configuration, out var remoteOptions)) return null;
        var unsandboxed = Places.UnsandboxedRoot(metadata.Configuration);
        if (unsandboxed is not null)
        {
            if (sources.BuildEnvironment is { } environment)
            {
                events.Publish(new DiagnosticReported(CliRules.EnvironmentTakesSandbox(environment.Address)));
                return null;
            }
            events.Publish(new DiagnosticReported(SandboxRules.Unsandboxed(unsandboxed)));
        }
        using var seal = remoteOptions?.Seal;
        await using var remotes = remoteOptions is null || unsandboxed is not null ? null : RemoteCache.Open(remoteOptions, store, events);
        if (!settings.DryRun) remotes?.Continue((task, keys) => RememberedKeys.Of(task, keys, history));
        var builtins = BuiltinTasks.All(sources);
        var options = Options(metadata.Configuration, settings, places);
        events.Publish(new BuildPlanned([.. graph.Tasks.Where(t => t.Kind is not TaskKind.Empty).Select(t => t.Name)], settings.Jobs, history.ExpectedDuration));
        var outcome = await new BuildRunner(options, store, history, builtins, events, remotes).RunAsync(graph, cancel);
        if (settings.TraceFile is { } trace) TraceFile.Write(trace, history.RunsOf(outcome.Build));
        return (outcome, settings.DryRun ? [] : [.. Deployed(graph, outcome, store, places)]);
    }

    /// <summary>Runs a command, or a shell, in the sandbox of a task after a build of what is before it. Its exit code; null after reporting why it could not start.</summary>
    public async Task<int?> RunShellAsync(LoadedMetadata metadata, TaskGraph graph, TaskNode task, BuildOutcome before, string? command, CancellationToken cancel)
    {
        var places = Places.Of(metadata.Configuration, workspace);
        using var store = ArtifactStore.Open(places.Store);
        var options = Options(metadata.Configuration, new BuildSettings(1, KeepGoing: false, DryRun: false), places);
        try
        {
            return await new TaskShell(options, store, events).RunAsync(task, before, graph, command, environment.GetValueOrDefault("TERM"), cancel);
        }
        catch (SandboxFailedException failure)
        {
            _diagnostics.Add(failure.Diagnostic with { Place = task.Place });
        }
        catch (TaskFailedException failure)
        {
            foreach (var diagnostic in failure.Diagnostics) _diagnostics.Add(diagnostic);
        }
        _ = Report();
        return null;
    }

    private BuildOptions Options(Datastore configuration, BuildSettings settings, Places places) => new()
    {
        TempDirectory = settings.TempDirectory ?? places.Temp,
        Jobs = settings.Jobs,
        KeepGoing = settings.KeepGoing,
        DryRun = settings.DryRun,
        MaxMemory = settings.MaxMemory,
        Stop = settings.Stop,
        Rebuild = settings.Rebuild,
        Secrets = Secrets(configuration),
        UnsandboxedRoot = Places.UnsandboxedRoot(configuration),
    };

    private SecretSource Secrets(Datastore configuration)
    {
        var netrc = environment.GetValueOrDefault("NETRC") ?? (environment.GetValueOrDefault("HOME") is { } home ? Path.Combine(home, ".netrc") : null);
        return new(netrc, environment.GetValueOrDefault("SSH_AUTH_SOCK"),
            name => configuration.GetFlag("STRATA_SECRETS", name) is { Length: > 0 } file ? Path.GetFullPath(file, workspace.TopDirectory) : null);
    }

    private static IEnumerable<DeployedTree> Deployed(TaskGraph graph, BuildOutcome outcome, ArtifactStore store, Places places) =>
        from task in graph.Tasks
        where task.Deploy is not null && outcome.Artifacts.ContainsKey(task.Name)
        let artifact = store.PathOf(outcome.Artifacts[task.Name])
        let directory = Path.Combine(places.Deploy, task.Deploy!)
        let files = Directory.EnumerateFiles(artifact, "*", SearchOption.AllDirectories)
        select new DeployedTree(directory, [.. files.Select(f => Path.Combine(directory, Path.GetRelativePath(artifact, f)))]);

    /// <summary>Publishes what was found since the last report; false when an error is among it.</summary>
    public bool Report()
    {
        var fresh = _diagnostics.Sorted().Except(_reported).ToArray();
        foreach (var diagnostic in ListsAll ? fresh : DiagnosticSummary.Of(fresh)) events.Publish(new DiagnosticReported(diagnostic));
        _reported = _diagnostics.Sorted();
        return !_diagnostics.HasErrors;
    }

    private ImmutableArray<Diagnostic> _reported = [];

    private MetadataRequest Request => new()
    {
        TopDirectory = workspace.TopDirectory,
        Variables = workspace.Variables.SetItem("BUILD_ARCH", BuildArchitecture),
        OtherMachines = workspace.OtherMachines,
        BuildArchitecture = BuildArchitecture,
        Processors = Environment.ProcessorCount,
        Threads = Environment.ProcessorCount,
        CacheDirectory = Path.Combine(workspace.BuildDirectory, "cache", "parse"),
    };

    private static string BuildArchitecture => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
