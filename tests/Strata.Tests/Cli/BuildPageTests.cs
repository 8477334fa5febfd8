using System.Collections.Immutable;
using System.Text.Json;
using System.Xml.Linq;
using Strata.Cache;
using Strata.Cli;
using Strata.Cli.Reports;
using Strata.Core;

namespace Strata.Tests.Cli;

/// <summary>What is shown of a build that is over.</summary>
public sealed class BuildPageTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("strata-report-").FullName;
    private readonly BuildHistory _history;
    private readonly long _build;

    /// <summary>a, then b and c at once, then d after c; and e&lt;x that waits for nobody.</summary>
    public BuildPageTests()
    {
        _history = BuildHistory.Open(Path.Combine(_scratch, "history"));
        _build = _history.Begin(DateTimeOffset.UnixEpoch, ["d"]);
        Assert.Null(_history.Save(new(_build, DateTimeOffset.UnixEpoch, ["d"], new(4, 1, 0, 0, 0, TimeSpan.FromSeconds(9))),
            [Run("a", 0, 2), Run("b", 2, 1, "a"), Run("c", 2, 3, "a"), Run("d", 5, 4, "b", "c"), Run("e<x", 0, 1) with { Outcome = TaskOutcome.Restored, Source = "store" }]));
    }

    private ImmutableArray<PastRun> Runs => _history.RunsOf(_build);

    public void Dispose()
    {
        _history.Dispose();
        FileTree.Delete(_scratch);
    }

    [Fact]
    public void Tasks_that_overlap_are_in_different_lanes() =>
        Assert.Equal([("a:do_x", 0), ("e<x:do_x", 1), ("b:do_x", 0), ("c:do_x", 1), ("d:do_x", 0)], Lanes.Of(Runs).Select(l => (l.Run.Task, l.Lane)));

    [Fact]
    public void The_critical_path_follows_the_dependency_that_ended_last() =>
        Assert.Equal(["a:do_x", "c:do_x", "d:do_x"], SlowestChain.Of(Runs, _history).Select(r => r.Task));

    [Fact]
    public void The_page_is_well_formed_escapes_names_and_loads_nothing()
    {
        var page = BuildPage.Of(_history.Builds(1)[0], Runs, SlowestChain.Of(Runs, _history));

        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("e&lt;x:do_x", page, StringComparison.Ordinal);
        var svg = XElement.Parse(page[page.IndexOf("<svg", StringComparison.Ordinal)..(page.IndexOf("</svg>", StringComparison.Ordinal) + "</svg>".Length)]);
        Assert.Equal(5, svg.Elements("g").Count());
        Assert.Equal(3, svg.Elements("g").Count(g => g.Attribute("class")!.Value.EndsWith(" critical", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_trace_has_one_complete_event_for_each_task_and_none_overlap_in_a_lane()
    {
        var file = Path.Combine(_scratch, "trace.json");
        TraceFile.Write(file, Runs);

        using var trace = JsonDocument.Parse(File.ReadAllText(file));
        var events = trace.RootElement.GetProperty("traceEvents").EnumerateArray().ToArray();
        Assert.Equal(5, events.Length);
        Assert.All(events, e => Assert.Equal("X", e.GetProperty("ph").GetString()));
        var d = events.Single(e => e.GetProperty("name").GetString() == "d:do_x");
        Assert.Equal((5_000_000, 4_000_000), (d.GetProperty("ts").GetInt64(), d.GetProperty("dur").GetInt64()));
        foreach (var lane in events.GroupBy(e => e.GetProperty("tid").GetInt32()))
        {
            var end = 0L;
            foreach (var e in lane.OrderBy(e => e.GetProperty("ts").GetInt64()))
            {
                Assert.True(e.GetProperty("ts").GetInt64() >= end);
                end = e.GetProperty("ts").GetInt64() + e.GetProperty("dur").GetInt64();
            }
        }
    }

    [Fact]
    public void The_json_of_a_build_tells_seconds_bytes_and_sources()
    {
        using var json = JsonDocument.Parse(HistoryJson.Of(_history.Builds(1)[0], Runs));

        var restored = json.RootElement.GetProperty("tasks").EnumerateArray().Single(t => t.GetProperty("outcome").GetString() == "Restored");
        Assert.Equal(("store", 1.0, 1000), (restored.GetProperty("source").GetString(), restored.GetProperty("duration").GetDouble(), restored.GetProperty("peakMemory").GetInt64()));
    }

    [Fact]
    public void Ctrl_c_ends_at_once_unless_a_command_asked_for_time()
    {
        using var plain = new Interruption();
        Assert.True(plain.Interrupt());
        Assert.True(plain.Now.IsCancellationRequested);
        Assert.False(plain.Interrupt());

        using var gentle = new Interruption();
        var stop = gentle.AskGently();
        Assert.True(gentle.Interrupt());
        Assert.Equal((true, false), (stop.IsCancellationRequested, gentle.Now.IsCancellationRequested));
        Assert.True(gentle.Interrupt());
        Assert.True(gentle.Now.IsCancellationRequested);
        Assert.False(gentle.Interrupt());
    }

    private static TaskRun Run(string recipe, int started, int seconds, params string[] after)
    {
        var key = new KeyBuilder("test").Add("name", recipe);
        foreach (var dependency in after) key.Add($"dep:{dependency}:do_x", dependency);
        return new($"{recipe}:do_x", key.Build(), TaskOutcome.Ran, TimeSpan.FromSeconds(seconds))
        {
            Started = TimeSpan.FromSeconds(started),
            Usage = new(TimeSpan.FromSeconds(seconds), 1000),
        };
    }
}
