using CommandLine;
using Strata.Cache;
using Strata.Cli.Images;
using Strata.Cli.NoOp;
using Strata.Cli.Reproducibility;
using Strata.Cli.Terminal;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("build", HelpText = "Build targets and everything they need.")]
[Examples("strata build target-image", "strata build -k world   # go on after a failure", "strata build -n hello   # only say what would run", "strata build --check hello   # twice, and compare", "strata build target-image --machine qemuarm64,qemux86-64   # for both, and an image index of both")]
public sealed record BuildVerb : WorkspaceVerb
{
    [Value(0, MetaName = "TARGET", Min = 1, Required = true, HelpText = "Recipes or images, optionally with a task: target-image, busybox:compile.")]
    public IEnumerable<string> Targets { get; init; } = [];

    [Option('j', "jobs", MetaValue = "N", HelpText = "Run at most N tasks and compilers at once (default: all cores).")]
    public int? Jobs { get; init; }

    [Option('k', "keep-going", HelpText = "After a failure, go on with what does not depend on it.")]
    public bool KeepGoing { get; init; }

    [Option('n', "dry-run", HelpText = "Say what would run or be restored, and do nothing.")]
    public bool DryRun { get; init; }

    [Option('m', "machine", MetaValue = "A,B", HelpText = "Build for this machine, or for several in one build; container images of several machines are then joined under images/multiarch.")]
    public string? Machine { get; init; }

    [Option("json", HelpText = "Print events for programs: one JSON object a line.")]
    public bool Json { get; init; }

    [Option("max-memory", MetaValue = "SIZE", HelpText = "Let tasks that say what they need take at most SIZE together, such as 6G (default: what the machine has).")]
    public string? MaxMemory { get; init; }

    [Option("check", HelpText = "Build the targets' own recipes a second time, in other circumstances, and show what comes out differently.")]
    public bool Check { get; init; }

    [Option("check-all", HelpText = "As --check, for everything that the targets need.")]
    public bool CheckAll { get; init; }

    [Option("again", MetaValue = "DIR", HelpText = "The second half of --check: build in DIR what the cache has already, and compare.")]
    public string? Again { get; init; }

    [Option("unsandboxed", HelpText = "Run tasks without isolation, where a machine forbids sandboxes; what is built so is kept apart.")]
    public bool Unsandboxed { get; init; }

    [Option("trace", MetaValue = "FILE", HelpText = "Write when each task ran, for chrome://tracing or ui.perfetto.dev.")]
    public string? Trace { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var machines = MachineChoice.Parse(Machine);
        workspace = machines.In(workspace);
        var (started, begun) = (Clock.Ticks, Clock.Now);
        var request = Targets.Prepend("build").Concat(workspace.OtherMachines.Select(m => $"--machine={m}")).ToArray();
        var events = new EventStream();
        using var console = Json ? Subscribed(events, new EventLines(context.Output)) : Console(context, events, printsData: false);
        var maxMemory = 0L;
        if (MaxMemory is not null && !Sizes.TryParse(MaxMemory, out maxMemory))
            return Failed(events, CliRules.BadSize("--max-memory", MaxMemory), ExitCode.Usage);
        if (Trace is null && !IsChecking && !Unsandboxed && FinishedBuild.StillStands(workspace, request))
        {
            events.Publish(new BuildFinished(new(0, 0, 0, 0, 0, Clock.Since(started))));
            return ExitCode.Success;
        }

        if (Unsandboxed) workspace = workspace.WithoutSandboxes();
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return ExitCode.BadMetadata;
        var isSandboxed = Places.UnsandboxedRoot(metadata.Configuration) is null;
        if (IsChecking && !isSandboxed) return Failed(events, CliRules.CheckTakesSandbox(), ExitCode.Usage);
        if (machines.Conflict(metadata) is { } conflict) return Failed(events, conflict, ExitCode.BadMetadata);
        if (session.Resolve(metadata, machines.Targets(Targets), cancel) is not { } graph) return ExitCode.BadMetadata;
        if (!session.MayShip(metadata, graph) || !session.HasLockedSources(metadata, graph)) return ExitCode.BuildFailed;

        var rebuild = Again is null ? null : new Rebuild(CheckAll ? null : [.. graph.Targets.Select(t => graph[t].RecipeName)]);
        var settings = new BuildSettings(Jobs ?? Environment.ProcessorCount, KeepGoing, DryRun)
        {
            MaxMemory = MaxMemory is null ? null : maxMemory,
            TraceFile = Trace is null ? null : Path.GetFullPath(Trace, context.CurrentDirectory),
            Stop = context.Interruption.AskGently(),
            Rebuild = rebuild,
            TempDirectory = Again is null ? null : Path.GetFullPath(Again, context.CurrentDirectory),
        };
        if (await session.ExecuteAsync(metadata, graph, settings, cancel) is not var (outcome, deployed)) return ExitCode.BadMetadata;
        if (outcome.Cancelled) return ExitCode.Interrupted;
        if (!outcome.Succeeded) return ExitCode.BuildFailed;
        if (rebuild is not null) return await ShowAsync(rebuild, graph, Places.Of(metadata.Configuration, workspace), events, cancel);
        if (DryRun) ShowReasons(graph, outcome, Places.Of(metadata.Configuration, workspace), events);
        else
        {
            try
            {
                if (machines.IsSeveral)
                    deployed = deployed.AddRange(await PlatformImages.JoinAsync(deployed, Places.Of(metadata.Configuration, workspace), d => events.Publish(new DiagnosticReported(d)), cancel));
            }
            catch (ImageException e)
            {
                return Failed(events, e.Diagnostic, ExitCode.BuildFailed);
            }
            // The next build without sandboxes is to say again that it is one.
            if (isSandboxed && !session.HasFloatingSources) FinishedBuild.Remember(workspace, request, FinishedBuild.InputsOf(metadata, graph), deployed.SelectMany(d => d.Files), begun);
            ShowDeployed(deployed, events);
        }
        return (Check || CheckAll) && !DryRun ? await BuildAgainAsync(workspace, Places.Of(metadata.Configuration, workspace), context, events, cancel) : ExitCode.Success;
    }

    private static ExitCode Failed(EventStream events, Diagnostic problem, ExitCode code)
    {
        events.Publish(new DiagnosticReported(problem));
        return code;
    }

    private bool IsChecking => Check || CheckAll || Again is not null;

    private async Task<ExitCode> BuildAgainAsync(Workspace workspace, Places places, CommandContext context, EventStream events, CancellationToken cancel)
    {
        // Beside the other one, so that both are on the same disk.
        var temporary = AtomicFile.ScratchName($"{places.Temp}-again");
        string?[] options = [Machine is null ? null : $"--machine={Machine}", CheckAll ? "--check-all" : null, Json ? "--json" : null, MaxMemory is null ? null : $"--max-memory={MaxMemory}"];
        var code = await SecondBuild.RunAsync(workspace, temporary, [.. options.OfType<string>(), .. Targets], context, events, cancel);
        if (code is ExitCode.Success) FileTree.Delete(temporary);
        else if (System.IO.Directory.Exists(temporary)) events.Publish(new Announced($"The second build is kept in {temporary}; delete it when you have seen enough."));
        return code;
    }

    private static async Task<ExitCode> ShowAsync(Rebuild rebuild, TaskGraph graph, Places places, EventStream events, CancellationToken cancel)
    {
        using var store = ArtifactStore.Open(places.Store);
        return await RebuildReport.ShowAsync(rebuild, graph, store, events, cancel) ? ExitCode.Success : ExitCode.BuildFailed;
    }

    private static void ShowReasons(TaskGraph graph, BuildOutcome outcome, Places places, EventStream events)
    {
        using var history = BuildHistory.Open(places.History);
        var past = new PastKeys(graph, history, since: null);
        foreach (var task in graph.Tasks)
        {
            if (!outcome.Tasks.TryGetValue(task.Name, out var what) || what is not (TaskOutcome.Ran or TaskOutcome.Restored)) continue;
            events.Publish(new Announced(what is TaskOutcome.Ran
                ? $"would run {task.Name}: {past.Explain(task.Name).Summary}"
                : $"would restore {task.Name}: what it makes is in the cache"));
        }
    }

    private static void ShowDeployed(IEnumerable<DeployedTree> deployed, EventStream events)
    {
        foreach (var directory in deployed.Select(d => d.Directory).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            events.Publish(new Announced($"  {directory}/"));
    }
}
