using System.Text.Json;
using Strata.Cli.Terminal;
using Strata.Core;

namespace Strata.Tests.Cli;

/// <summary>What is seen of a build: in a terminal, in a log, by a program.</summary>
public sealed class ConsoleTests
{
    private static readonly Rule s_rule = new("STR0001", Severity.Warning, "Something odd");
    private static readonly TaskFinished s_failure = new("lib:do_compile", TaskOutcome.Failed, TimeSpan.FromSeconds(3), "/tmp/log", "one\ntwo\nerror: three\n");

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void The_block_never_is_wider_or_higher_than_the_terminal(int width)
    {
        var progress = Running("a-recipe-with-quite-a-long-name:do_package_write_something_long", "b:do_compile", "c:do_compile");
        progress.Note(new TaskProgressed("b:do_compile", "a-very-long-file-name-of-a-download.tar.xz", 40, 100));
        progress.Note(s_failure);
        var block = new LiveBlock(progress, new(IsColoured: false));

        for (var height = 1; height < 12; height++)
        {
            var lines = block.Lines(width, height, _ => TimeSpan.FromSeconds(12));
            Assert.All(lines, line => Assert.True(line.Length < width, line));
            Assert.True(lines.Count <= Math.Max(2, height), $"{lines.Count} lines in {height}");
        }
    }

    [Fact]
    public void Failures_are_on_top_workers_below_and_the_whole_build_last()
    {
        var progress = Running("a:do_compile", "b:do_compile");
        progress.Note(s_failure);

        var lines = new LiveBlock(progress, new(IsColoured: false)).Lines(100, 20, _ => TimeSpan.FromSeconds(4));

        Assert.Equal("FAILED lib:do_compile", lines[0]);
        Assert.Equal("    error: three", lines[3]);
        Assert.Equal("  a:do_compile  4.0 s of 10 s", lines[4]);
        Assert.Equal("1 of 5 done, 2 running, 2 left, about 16 s", lines[^1]);
    }

    [Fact]
    public void The_estimate_is_what_earlier_builds_took_shared_by_the_workers()
    {
        var progress = Running("a:do_compile");

        // a: 10 - 4 s; b, c, lib, d: 10 s each; two workers.
        Assert.Equal(23, progress.Estimate(_ => TimeSpan.FromSeconds(4))!.Value.TotalSeconds);
        Assert.Null(new BuildProgress().Estimate(_ => TimeSpan.Zero));
    }

    [Fact]
    public void Tasks_of_a_recipe_whose_result_was_found_are_not_waited_for()
    {
        var progress = Running();
        progress.Note(new TaskFinished("a:do_install", TaskOutcome.Restored, TimeSpan.Zero, null, ""));

        Assert.Equal(4, progress.Left);
    }

    [Fact]
    public void A_log_has_no_control_characters_and_names_the_failure_again_at_the_end()
    {
        using var output = new StringWriter();
        using (var console = new PlainConsole(output, verbose: false)) Play(console);

        var text = output.ToString();
        Assert.DoesNotContain('\e', text);
        Assert.Contains("error: three\n  log: /tmp/log\n", text, StringComparison.Ordinal);
        Assert.EndsWith("failed: lib:do_compile, log: /tmp/log\nBuild failed: 1 failed, 1 warning (5.0 s)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_warnings_and_failures_at_the_end_and_colours_only_when_wanted()
    {
        using var plain = new StringWriter();
        using var coloured = new StringWriter();
        using (var console = new LiveConsole(plain, () => (80, 24), verbose: false, Palette.Of(new Dictionary<string, string> { ["NO_COLOR"] = "1" }))) Play(console);
        using (var console = new LiveConsole(coloured, () => (80, 24), verbose: false, Palette.Of(new Dictionary<string, string>()))) Play(console);

        Assert.DoesNotContain("\e[3", plain.ToString(), StringComparison.Ordinal);
        Assert.Contains("\e[31m", coloured.ToString(), StringComparison.Ordinal);
        var end = plain.ToString();
        Assert.True(end.LastIndexOf("warning STR0001", StringComparison.Ordinal) < end.LastIndexOf("lib:do_compile  FAILED", StringComparison.Ordinal));
        Assert.EndsWith("Build failed: 1 failed, 1 warning (5.0 s)\n", end, StringComparison.Ordinal);
        Assert.Equal(1, end.Split("warning STR0001").Length - 1);
    }

    [Fact]
    public void Programs_get_one_object_a_line_for_every_event()
    {
        using var output = new StringWriter();
        using (var lines = new EventLines(output)) Play(lines);

        var events = output.ToString().TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal(["diagnostic-reported", "build-planned", "build-started", "task-started", "task-progressed", "task-finished", "announced", "build-finished"],
            events.Select(e => e.GetProperty("event").GetString()));
        Assert.All(events, e => Assert.True(e.GetProperty("time").GetDouble() >= 0));
        Assert.Equal("failed", events[5].GetProperty("outcome").GetString());
        Assert.Equal("STR0001", events[0].GetProperty("code").GetString());
        Assert.Equal(1, events[^1].GetProperty("failed").GetInt32());
    }

    private static void Play(IEventReader reader)
    {
        reader.Show(new DiagnosticReported(s_rule.At(new("conf/x.conf", 3), "odd", "mend it")));
        reader.Show(Plan());
        reader.Show(new BuildStarted(5));
        reader.Show(new TaskStarted("lib:do_compile"));
        reader.Show(new TaskProgressed("lib:do_compile", "half", 1, 2));
        reader.Show(s_failure);
        reader.Show(new Announced("said"));
        reader.Show(new BuildFinished(new(0, 0, 0, 1, 0, TimeSpan.FromSeconds(5))));
    }

    private static BuildPlanned Plan() =>
        new(["a:do_compile", "b:do_compile", "c:do_compile", "lib:do_compile", "d:do_compile"], 2, _ => TimeSpan.FromSeconds(10));

    private static BuildProgress Running(params string[] tasks)
    {
        var progress = new BuildProgress();
        progress.Note(Plan());
        progress.Note(new BuildStarted(5));
        foreach (var task in tasks) progress.Note(new TaskStarted(task));
        return progress;
    }
}
