using CommandLine;
using Strata.Cache;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Graph.Why;

namespace Strata.Cli.Verbs;

[Verb("why", HelpText = "Say what changed for a task since the last build, or what made it run in the last build.")]
[Examples("strata why busybox:do_compile", "strata why target-image")]
public sealed record WhyVerb : WorkspaceVerb
{
    private const int RememberedRuns = 20;

    [Value(0, MetaName = "TASK", Required = true, HelpText = "For instance busybox:do_compile; a recipe or image alone means its do_build.")]
    public string Task { get; init; } = "";

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return Done(ExitCode.BadMetadata);
        if (session.Resolve(metadata, [Task], cancel) is not { } graph) return Done(ExitCode.BadMetadata);

        using var history = BuildHistory.Open(Places.Of(metadata.Configuration, workspace).History);
        var current = graph.Tasks.ToDictionary(t => t.Name, t => t.DeepKey, StringComparer.Ordinal);
        var report = WhyExplainer.Explain(graph[graph.Targets[0]].Name, name => Before(history, name, current.GetValueOrDefault(name)), current.GetValueOrDefault);
        context.Output.WriteLine(report);
        return Done(ExitCode.Success);
    }

    // The property Task hides the type of that name.
    private static Task<ExitCode> Done(ExitCode code) => System.Threading.Tasks.Task.FromResult(code);

    /// <summary>The key before the last change: that of the last build, or an older one if nothing has changed since.</summary>
    private static TaskKey? Before(BuildHistory history, string task, TaskKey? current)
    {
        var runs = history.Runs(task, RememberedRuns);
        var changed = runs.Where(r => r.Key != current?.Digest).Select(r => history.FindKey(r.Key)).FirstOrDefault(k => k is not null);
        return changed ?? (runs.IsEmpty ? null : history.FindKey(runs[0].Key));
    }
}
