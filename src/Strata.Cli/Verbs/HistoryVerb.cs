using System.Globalization;
using CommandLine;
using Strata.Cache;
using Strata.Cli.Reports;
using Strata.Cli.Terminal;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("history", HelpText = "List the builds, or the tasks of one build.")]
[Examples("strata history", "strata history 12 --json")]
public sealed record HistoryVerb : HistoryCommand
{
    private const int BuildsShown = 30;

    [Value(0, MetaName = "BUILD", HelpText = "Number of a build; without it, the latest builds are listed.")]
    public long? Build { get; init; }

    [Option("json", HelpText = "Print JSON.")]
    public bool Json { get; init; }

    protected override Diagnostic? Show(BuildHistory history, Places places, CommandContext context)
    {
        if (Build is null)
        {
            var builds = history.Builds(BuildsShown);
            if (Json) context.Output.WriteLine(HistoryJson.Of(builds));
            else foreach (var build in builds) context.Output.WriteLine(Line(build));
            return null;
        }
        if (Find(history, Build) is not { } wanted) return CliRules.NoSuchBuild(Build);
        var runs = history.RunsOf(wanted.Id);
        if (Json) context.Output.WriteLine(HistoryJson.Of(wanted, runs));
        else foreach (var run in runs) context.Output.WriteLine(Line(run));
        return null;
    }

    private static string Line(BuildRecord build)
    {
        var summary = build.Summary;
        var what = build.Ended
            ? $"{summary.Ran} ran, {summary.Restored} restored, {summary.UpToDate} up to date, {summary.Failed} failed, {summary.Skipped} skipped ({ConsoleTexts.Seconds(summary.Duration)})"
            : "did not end";
        return string.Create(CultureInfo.InvariantCulture, $"{build.Id,5}  {build.Started:yyyy-MM-dd HH:mm:ss}Z  {string.Join(' ', build.Targets)}  {what}");
    }

    private static string Line(PastRun run) => string.Create(CultureInfo.InvariantCulture,
        $"{run.Started.TotalSeconds,8:0.00} s  {run.Duration.TotalSeconds,8:0.00} s  cpu {run.Usage.Cpu.TotalSeconds,7:0.00} s  {run.Usage.PeakMemory / 1e6,6:0} MB  {run.Outcome,-9}  {run.Task}{(run.Source is { } source ? $" ({source})" : "")}");
}
