using CommandLine;
using Strata.Cache;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Graph.Why;

namespace Strata.Cli.Verbs;

[Verb("key", HelpText = "Show what a task's key is made of: key show, key diff.")]
[Examples("strata key show zlib:do_compile", "strata key diff zlib:do_compile")]
public sealed record KeyVerb : WorkspaceVerb
{
    private const int RememberedRuns = 100;

    [Value(0, MetaName = "ACTION", Required = true, HelpText = "show: the fields of the key now. diff: what differs between two builds.")]
    public string Action { get; init; } = "";

    [Value(1, MetaName = "TASK", Required = true, HelpText = "For instance busybox:do_compile; a recipe or image alone means its do_build.")]
    public string Target { get; init; } = "";

    [Value(2, MetaName = "BUILDS", HelpText = "diff: numbers of one build (compared with now) or two (default: the last key that differs from the one now).")]
    public IEnumerable<long> Builds { get; init; } = [];

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        if (Action is not ("show" or "diff"))
        {
            events.Publish(new DiagnosticReported(CliRules.UnknownVerb($"key {Action}", ["key show", "key diff"])));
            return Task.FromResult(ExitCode.Usage);
        }
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return Task.FromResult(ExitCode.BadMetadata);
        if (session.Resolve(metadata, [Target], cancel) is not { } graph) return Task.FromResult(ExitCode.BadMetadata);

        var node = graph[graph.Targets[0]];
        if (Action == "show")
        {
            Show(context.Output, node.Name, node.DeepKey);
            return Task.FromResult(ExitCode.Success);
        }
        using var history = BuildHistory.Open(Places.Of(metadata.Configuration, workspace).History);
        var builds = Builds.ToArray();
        var (before, after) = builds switch
        {
            [] => (LastOther(history, node.Name, node.DeepKey.Digest), node.DeepKey),
            [var one] => (KeyOf(history, node.Name, one), node.DeepKey),
            [var one, var two, ..] => (KeyOf(history, node.Name, one), KeyOf(history, node.Name, two)),
        };
        if (before is null || after is null)
        {
            events.Publish(new DiagnosticReported(CliRules.KeyNotRemembered(node.Name, history.Runs(node.Name, RememberedRuns).Select(r => r.Build))));
            return Task.FromResult(ExitCode.Usage);
        }
        foreach (var change in WhyExplainer.Compare(before, after)) context.Output.WriteLine(change);
        return Task.FromResult(ExitCode.Success);
    }

    private static void Show(TextWriter output, string task, TaskKey key)
    {
        output.WriteLine($"{task} {key}");
        foreach (var (field, value) in key.Fields) output.WriteLine($"  {field} = {value.ReplaceLineEndings("\n    ")}");
    }

    private static TaskKey? LastOther(BuildHistory history, string task, Digest current) =>
        history.Runs(task, RememberedRuns).Where(r => r.Key != current).Select(r => history.FindKey(r.Key)).FirstOrDefault(k => k is not null);

    private static TaskKey? KeyOf(BuildHistory history, string task, long build) =>
        history.Runs(task, RememberedRuns).Where(r => r.Build <= build).Select(r => history.FindKey(r.Key)).FirstOrDefault();
}
