using CommandLine;
using Strata.Cache;
using Strata.Cli.Reports;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Execution;

namespace Strata.Cli.Verbs;

[Verb("log", HelpText = "Print what a task wrote when it last ran.")]
[Examples("strata log busybox:compile", "strata log busybox:compile --build 12")]
public sealed record LogVerb : HistoryCommand
{
    private const int RunsSearched = 100;

    [Value(0, MetaName = "TASK", Required = true, HelpText = "For instance busybox:compile; a recipe alone means its task that ran last.")]
    public string Task { get; init; } = "";

    [Option("build", MetaValue = "N", HelpText = "The log of build N (default: the latest that has one).")]
    public long? Build { get; init; }

    [Option("json", HelpText = "JSON instead of text: what the history knows of the run, and its log.")]
    public bool Json { get; init; }

    protected override Diagnostic? Show(BuildHistory history, Places places, CommandContext context)
    {
        var latest = history.LastRuns(Build + 1);
        var task = Name(latest.Values);
        var directory = KeptLogs.DirectoryIn(places.Temp);
        foreach (var run in history.Runs(task, RunsSearched).Where(r => Build is null || r.Build == Build))
        {
            if (new KeptLogs(directory, run.Build).Find(task) is not { } file) continue;
            using var log = new StreamReader(file);
            if (Json) context.Output.WriteLine(HistoryJson.Of(run, log.ReadToEnd()));
            else while (log.ReadLine() is { } line) context.Output.WriteLine(line);
            return null;
        }
        return CliRules.NoLog(task, Build, Suggest.Nearest(task, latest.Keys.Where(t => t != task)));
    }

    private string Name(IEnumerable<PastRun> runs) => Task.Split(':', 2) switch
    {
        [var recipe, var name] => $"{recipe}:{(name.StartsWith("do_", StringComparison.Ordinal) ? name : $"do_{name}")}",
        _ => runs.Where(r => r.Task.StartsWith($"{Task}:", StringComparison.Ordinal) && r.Outcome is (TaskOutcome.Ran or TaskOutcome.Failed))
            .MaxBy(r => (r.Build, r.Started))?.Task ?? Task,
    };
}
