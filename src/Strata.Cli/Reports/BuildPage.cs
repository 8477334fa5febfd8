using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Strata.Cache;
using Strata.Cli.Terminal;
using Strata.Core;

namespace Strata.Cli.Reports;

/// <summary>One build as one HTML page that loads nothing and runs nothing.</summary>
public static class BuildPage
{
    private const int Width = 1100;
    private const int RowHeight = 18;
    private const int SlowestShown = 20;

    /// <summary>A longer build shows the tasks that took longest; a page of 10,000 boxes helps nobody.</summary>
    private const int BoxesShown = 2000;

    private static readonly string s_template = ReadTemplate();

    /// <param name="chain">The critical path, first task first.</param>
    public static string Of(BuildRecord build, ImmutableArray<PastRun> runs, ImmutableArray<PastRun> chain)
    {
        var summary = build.Summary;
        var cached = runs.Count(r => r.Artifact is not null && r.Outcome is (TaskOutcome.Ran or TaskOutcome.Restored));
        var hits = runs.Count(r => r.Outcome is TaskOutcome.Restored);
        var slowest = runs.Where(r => r.Outcome is not TaskOutcome.Skipped).OrderByDescending(r => r.Duration)
            .ThenBy(r => r.Task, StringComparer.Ordinal).Take(SlowestShown).Where(r => r.Duration > TimeSpan.Zero);
        return s_template
            .Replace("{{title}}", Text($"Build {build.Id}: {string.Join(' ', build.Targets)}"), StringComparison.Ordinal)
            .Replace("{{started}}", Text(build.Started.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"), StringComparison.Ordinal)
            .Replace("{{result}}", !build.Ended ? "did not end" : summary.Failed > 0 ? "failed" : "succeeded", StringComparison.Ordinal)
            .Replace("{{duration}}", ConsoleTexts.Seconds(summary.Duration), StringComparison.Ordinal)
            .Replace("{{ran}}", Number(summary.Ran), StringComparison.Ordinal)
            .Replace("{{restored}}", Number(summary.Restored), StringComparison.Ordinal)
            .Replace("{{failed}}", Number(summary.Failed), StringComparison.Ordinal)
            .Replace("{{cpu}}", ConsoleTexts.Seconds(runs.Aggregate(TimeSpan.Zero, (sum, r) => sum + r.Usage.Cpu)), StringComparison.Ordinal)
            .Replace("{{hits}}", cached == 0 ? "–" : $"{Number(100 * hits / cached)} %", StringComparison.Ordinal)
            .Replace("{{timeline}}", Timeline(runs, chain), StringComparison.Ordinal)
            .Replace("{{chain}}", Rows(chain), StringComparison.Ordinal)
            .Replace("{{slowest}}", Rows(slowest), StringComparison.Ordinal);
    }

    private static string Timeline(ImmutableArray<PastRun> runs, ImmutableArray<PastRun> chain)
    {
        var shown = Lanes.Of(runs).OrderByDescending(r => r.Run.Duration).Take(BoxesShown).OrderBy(r => r.Run.Started).ToArray();
        if (shown is []) return "<p>No task ran.</p>";
        var critical = chain.Select(r => r.Task).ToHashSet(StringComparer.Ordinal);
        var end = shown.Max(r => r.Run.Started + r.Run.Duration).TotalSeconds;
        var height = (shown.Max(r => r.Lane) + 1) * RowHeight;
        var svg = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height + RowHeight}\" role=\"img\" aria-label=\"Timeline\">\n");
        foreach (var (run, lane) in shown)
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{Class(run)}{(critical.Contains(run.Task) ? " critical" : "")}\"><title>{Text($"{run.Task}: {Seconds(run.Duration)} from {Seconds(run.Started)}")}</title>")
                .Append(CultureInfo.InvariantCulture, $"<rect x=\"{Width * run.Started.TotalSeconds / end:0.##}\" y=\"{lane * RowHeight}\" width=\"{Math.Max(1, Width * run.Duration.TotalSeconds / end):0.##}\" height=\"{RowHeight - 2}\"/></g>\n");
        for (var mark = 0; mark <= 10; mark++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width * mark / 10}\" y=\"{height + RowHeight - 4}\" text-anchor=\"{(mark == 0 ? "start" : mark == 10 ? "end" : "middle")}\">{end * mark / 10:0.0} s</text>\n");
        return svg.Append("</svg>").ToString();
    }

    private static string Rows(IEnumerable<PastRun> runs) => string.Concat(runs.Select(r =>
        $"<tr><td>{Text(r.Task)}</td><td>{r.Outcome}</td><td>{Seconds(r.Started)}</td><td>{Seconds(r.Duration)}</td><td>{Seconds(r.Usage.Cpu)}</td><td>{Memory(r)}</td></tr>\n"));

    private static string Memory(PastRun run) => run.Usage.PeakMemory == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{run.Usage.PeakMemory / 1e6:0} MB");

    private static string Class(PastRun run) => run.Outcome.ToString().ToLowerInvariant();

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string ReadTemplate()
    {
        using var reader = new StreamReader(typeof(BuildPage).Assembly.GetManifestResourceStream("build-page.html")!);
        return reader.ReadToEnd();
    }
}
