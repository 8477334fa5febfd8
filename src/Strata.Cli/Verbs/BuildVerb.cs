using CommandLine;
using Strata.Cli.NoOp;
using Strata.Cli.Terminal;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;
using Strata.Sandbox.HostPackages;

namespace Strata.Cli.Verbs;

[Verb("build", HelpText = "Build targets and everything they need.")]
[Examples("strata build target-image", "strata build -k world   # go on after a failure", "strata build -n hello   # only say what would run", "MACHINE=qemuarm64 strata build hello")]
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

    [Option("json", HelpText = "Print events for programs: one JSON object a line.")]
    public bool Json { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var (started, begun) = (Clock.Ticks, Clock.Now);
        var request = Targets.Prepend("build").ToArray();
        var events = new EventStream();
        using var console = Json ? Subscribed(events, new EventLines(context.Output)) : Console(context, events, printsData: false);
        if (FinishedBuild.StillStands(workspace, request))
        {
            events.Publish(new BuildFinished(new(0, 0, 0, 0, 0, Clock.Since(started))));
            return ExitCode.Success;
        }

        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return ExitCode.BadMetadata;
        if (session.Resolve(metadata, Targets, cancel) is not { } graph) return ExitCode.BadMetadata;
        if (!session.MayShip(metadata, graph)) return ExitCode.BuildFailed;

        var settings = new BuildSettings(Jobs ?? Environment.ProcessorCount, KeepGoing, DryRun);
        if (await session.ExecuteAsync(metadata, graph, settings, cancel) is not var (outcome, deployed)) return ExitCode.BadMetadata;
        if (outcome.Cancelled) return ExitCode.Interrupted;
        if (!outcome.Succeeded) return ExitCode.BuildFailed;
        if (!DryRun)
        {
            FinishedBuild.Remember(workspace, request, Inputs(metadata, graph), deployed.SelectMany(d => d.Files), begun);
            ShowDeployed(deployed, events);
        }
        return ExitCode.Success;
    }

    private static IEnumerable<string> Inputs(LoadedMetadata metadata, TaskGraph graph) =>
        [.. metadata.Inputs, .. graph.Tasks.SelectMany(t => t.LocalFiles), Path.Combine(DpkgDatabase.DefaultDirectory, "status")];

    private static void ShowDeployed(IEnumerable<DeployedTree> deployed, EventStream events)
    {
        foreach (var directory in deployed.Select(d => d.Directory).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            events.Publish(new Announced($"  {directory}/"));
    }
}
