using CommandLine;
using Strata.Cache;
using Strata.Cli.Reports;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("report", HelpText = "Write a page about a build: timeline, critical path, slowest tasks, cache hits.")]
[Examples("strata report -o build.html", "strata report 12 -o build.html")]
public sealed record ReportVerb : HistoryCommand
{
    [Value(0, MetaName = "BUILD", HelpText = "Number of a build (default: the latest).")]
    public long? Build { get; init; }

    [Option('o', "output", MetaValue = "FILE", Default = "build-report.html", HelpText = "Where to write it: one HTML file that needs no other.")]
    public string Output { get; init; } = "build-report.html";

    protected override Diagnostic? Show(BuildHistory history, Places places, CommandContext context)
    {
        if (Find(history, Build) is not { } build) return CliRules.NoSuchBuild(Build);
        var file = Path.GetFullPath(Output, context.CurrentDirectory);
        var runs = history.RunsOf(build.Id);
        AtomicFile.WriteAllText(file, BuildPage.Of(build, runs, SlowestChain.Of(runs, history)));
        context.Output.WriteLine(file);
        return null;
    }
}
