using CommandLine;
using Strata.Cache;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("why", HelpText = "Say what changed for a task since the last build, or what made it run in the last build.")]
[Examples("strata why busybox:do_compile", "strata why target-image")]
public sealed record WhyVerb : WorkspaceVerb
{
    [Value(0, MetaName = "TASK", Required = true, HelpText = "For instance busybox:do_compile; a recipe or image alone means its do_build.")]
    public string Task { get; init; } = "";

    [Option("since", MetaValue = "BUILD", HelpText = "Compare with this build, by its number in strata history (default: the last build in which the task was different).")]
    public long? Since { get; init; }

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return Done(ExitCode.BadMetadata);
        if (session.Resolve(metadata, [Task], cancel) is not { } graph) return Done(ExitCode.BadMetadata);

        using var history = BuildHistory.Open(Places.Of(metadata.Configuration, workspace).History);
        if (Since is { } build && history.Builds(int.MaxValue).All(b => b.Id != build))
        {
            events.Publish(new DiagnosticReported(CliRules.NoSuchBuild(build)));
            return Done(ExitCode.Usage);
        }
        context.Output.WriteLine(new PastKeys(graph, history, Since).Explain(graph[graph.Targets[0]].Name));
        return Done(ExitCode.Success);
    }

    // The property Task hides the type of that name.
    private static Task<ExitCode> Done(ExitCode code) => System.Threading.Tasks.Task.FromResult(code);
}
