using CommandLine;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Graph;
using Strata.Graph.Output;

namespace Strata.Cli.Verbs;

[Verb("graph", HelpText = "Print the tasks that targets need, and what depends on what.")]
[Examples("strata graph hello | dot -Tsvg > hello.svg", "strata graph hello:compile --json")]
public sealed record GraphVerb : WorkspaceVerb
{
    private static readonly string[] s_formats = ["dot", "json", "svg", "html"];

    [Value(0, MetaName = "TARGET", Min = 1, Required = true, HelpText = "Recipes or images, optionally with a task.")]
    public IEnumerable<string> Targets { get; init; } = [];

    [Option("task", MetaValue = "TASK", HelpText = "Only what this task of the targets needs, for instance compile.")]
    public string? Task { get; init; }

    [Option("reduce", HelpText = "Leave out edges that a longer way makes unnecessary.")]
    public bool Reduce { get; init; }

    [Option("format", MetaValue = "FORMAT", Default = "dot", HelpText = "dot, json, svg (a picture) or html (a page to explore, without a server).")]
    public string Format { get; init; } = "dot";

    [Option("json", HelpText = "The same as --format json.")]
    public bool Json { get; init; }

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        if (!s_formats.Contains(Format))
        {
            events.Publish(new DiagnosticReported(CliRules.UnknownFormat(Format, s_formats)));
            return Done(ExitCode.Usage);
        }
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return Done(ExitCode.BadMetadata);
        if (session.Resolve(metadata, Task is null ? Targets : Targets.Select(t => $"{t}:{Task}"), cancel) is not { } graph) return Done(ExitCode.BadMetadata);

        context.Output.Write(Written(graph));
        return Done(ExitCode.Success);
    }

    private string Written(TaskGraph graph)
    {
        var view = GraphView.Of(graph, Reduce);
        return (Json ? "json" : Format) switch
        {
            "json" => GraphText.ToJson(view),
            "svg" => GraphSvg.Of(view, Reduce),
            "html" => GraphHtml.Of(view, Reduce),
            _ => GraphText.ToDot(view),
        };
    }

    // The property Task hides the type of that name.
    private static Task<ExitCode> Done(ExitCode code) => System.Threading.Tasks.Task.FromResult(code);
}
