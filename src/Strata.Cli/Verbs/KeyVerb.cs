using CommandLine;
using Strata.Cache;
using Strata.Cli.Answers;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Graph;
using Strata.Graph.Why;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("key", HelpText = "Show what a task's key is made of: key show, key diff.")]
[Examples("strata key show zlib:do_compile", "strata key diff zlib:do_compile", "strata key diff zlib:do_compile --remote --json")]
public sealed record KeyVerb : WorkspaceVerb
{
    private const int RememberedRuns = 100;

    [Value(0, MetaName = "ACTION", Required = true, HelpText = "show: the fields of the key now. diff: what differs between two builds.")]
    public string Action { get; init; } = "";

    [Value(1, MetaName = "TASK", Required = true, HelpText = "For instance busybox:do_compile; a recipe or image alone means its do_build.")]
    public string Target { get; init; } = "";

    [Value(2, MetaName = "BUILDS", HelpText = "diff: numbers of one build (compared with now) or two (default: the last key that differs from the one now).")]
    public IEnumerable<long> Builds { get; init; } = [];

    [Option("remote", HelpText = "diff: compare the key now with that of the latest artifact that a remote of STRATA_REMOTES has.")]
    public bool Remote { get; init; }

    [Option("json", HelpText = "JSON instead of text.")]
    public bool Json { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        if (Action is not ("show" or "diff"))
        {
            events.Publish(new DiagnosticReported(CliRules.UnknownVerb($"key {Action}", ["key show", "key diff"])));
            return ExitCode.Usage;
        }
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return ExitCode.BadMetadata;
        if (session.Resolve(metadata, PastKeys.Targets(Target, Remote), cancel) is not { } graph) return ExitCode.BadMetadata;

        var node = graph[graph.Targets[0]];
        if (Action == "show")
        {
            Show(context.Output, node.Name, node.DeepKey);
            return ExitCode.Success;
        }
        var (before, after) = Remote
            ? (await session.AskRemotesAsync(metadata.Configuration, remotes => new RemoteKeys(graph, remotes).FindAsync(node, cancel)), node.DeepKey)
            : InHistory(metadata, workspace, node, events);
        if (Remote && before is null) events.Publish(new DiagnosticReported(CliRules.KeyNotOnRemotes(node.Name)));
        if (before is null || after is null) return ExitCode.Usage;
        ShowDifference(context.Output, node.Name, before, after);
        return ExitCode.Success;
    }

    private (TaskKey? Before, TaskKey? After) InHistory(LoadedMetadata metadata, Workspace workspace, TaskNode node, EventStream events)
    {
        using var history = BuildHistory.Open(Places.Of(metadata.Configuration, workspace).History);
        var (before, after) = Builds.ToArray() switch
        {
            [] => (LastOther(history, node.Name, node.DeepKey.Digest), node.DeepKey),
            [var one] => (KeyOf(history, node.Name, one), node.DeepKey),
            [var one, var two, ..] => (KeyOf(history, node.Name, one), KeyOf(history, node.Name, two)),
        };
        if (before is null || after is null)
            events.Publish(new DiagnosticReported(CliRules.KeyNotRemembered(node.Name, history.Runs(node.Name, RememberedRuns).Select(r => r.Build))));
        return (before, after);
    }

    private void Show(TextWriter output, string task, TaskKey key)
    {
        if (Json)
        {
            output.Write(AnswerJson.Text(new(task, key.ToString(), key.Fields), AnswerJson.Readable.KeyAnswer));
            return;
        }
        output.WriteLine($"{task} {key}");
        foreach (var (field, value) in key.Fields) output.WriteLine($"  {field} = {value.ReplaceLineEndings("\n    ")}");
    }

    private void ShowDifference(TextWriter output, string task, TaskKey before, TaskKey after)
    {
        var changes = WhyExplainer.Compare(before, after);
        if (Json) output.Write(AnswerJson.Text(new(task, before.ToString(), after.ToString(), ChangedField.Of(changes)), AnswerJson.Readable.KeyDifference));
        else foreach (var change in changes) output.WriteLine(change);
    }

    private static TaskKey? LastOther(BuildHistory history, string task, Digest current) =>
        history.Runs(task, RememberedRuns).Where(r => r.Key != current).Select(r => history.FindKey(r.Key)).FirstOrDefault(k => k is not null);

    private static TaskKey? KeyOf(BuildHistory history, string task, long build) =>
        history.Runs(task, RememberedRuns).Where(r => r.Build <= build).Select(r => history.FindKey(r.Key)).FirstOrDefault();
}
