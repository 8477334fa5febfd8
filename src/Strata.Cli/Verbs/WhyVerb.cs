using CommandLine;
using Strata.Cache;
using Strata.Cli.Answers;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Graph;
using Strata.Graph.Why;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("why", HelpText = "Say what changed for a task since the last build, or what made it run in the last build.")]
[Examples("strata why busybox:do_compile", "strata why target-image", "strata why target-image --remote")]
public sealed record WhyVerb : WorkspaceVerb
{
    [Value(0, MetaName = "TASK", Required = true, HelpText = "For instance busybox:do_compile; a recipe or image alone means its do_build.")]
    public string Task { get; init; } = "";

    [Option("since", MetaValue = "BUILD", HelpText = "Compare with this build, by its number in strata history (default: the last build in which the task was different).")]
    public long? Since { get; init; }

    [Option("remote", HelpText = "Compare with the latest artifacts that the remotes of STRATA_REMOTES have, whoever made them.")]
    public bool Remote { get; init; }

    [Option("json", HelpText = "JSON instead of text.")]
    public bool Json { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return ExitCode.BadMetadata;
        if (session.Resolve(metadata, PastKeys.Targets(Task, Remote), cancel) is not { } graph) return ExitCode.BadMetadata;

        var node = graph[graph.Targets[0]];
        var report = Remote
            ? await session.AskRemotesAsync<WhyReport>(metadata.Configuration, async remotes => await new RemoteKeys(graph, remotes).ExplainAsync(node, cancel))
            : InHistory(metadata, workspace, node, graph, events);
        if (report is null) return ExitCode.Usage;
        if (Remote && report.State is WhyState.NeverBuilt)
        {
            events.Publish(new DiagnosticReported(CliRules.KeyNotOnRemotes(node.Name)));
            return ExitCode.Usage;
        }
        context.Output.Write(Json ? AnswerJson.Text(WhyAnswer.Of(report), AnswerJson.Readable.WhyAnswer) : $"{report}\n");
        return ExitCode.Success;
    }

    private WhyReport? InHistory(LoadedMetadata metadata, Workspace workspace, TaskNode node, TaskGraph graph, EventStream events)
    {
        using var history = BuildHistory.Open(Places.Of(metadata.Configuration, workspace).History);
        if (Since is not { } build || history.Builds(int.MaxValue).Any(b => b.Id == build)) return new PastKeys(graph, history, Since).Explain(node.Name);
        events.Publish(new DiagnosticReported(CliRules.NoSuchBuild(build)));
        return null;
    }
}
