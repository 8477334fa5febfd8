using CommandLine;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Graph.Output;

namespace Strata.Cli.Verbs;

[Verb("graph", HelpText = "Print the tasks that targets need, and what depends on what.")]
[Examples("strata graph hello | dot -Tsvg > hello.svg", "strata graph hello:compile --json")]
public sealed record GraphVerb : WorkspaceVerb
{
    [Value(0, MetaName = "TARGET", Min = 1, Required = true, HelpText = "Recipes or images, optionally with a task.")]
    public IEnumerable<string> Targets { get; init; } = [];

    [Option("json", HelpText = "JSON instead of DOT.")]
    public bool Json { get; init; }

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return Task.FromResult(ExitCode.BadMetadata);
        if (session.Resolve(metadata, Targets, cancel) is not { } graph) return Task.FromResult(ExitCode.BadMetadata);

        context.Output.Write(Json ? GraphText.ToJson(graph) : GraphText.ToDot(graph));
        return Task.FromResult(ExitCode.Success);
    }
}
