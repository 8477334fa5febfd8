using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache;

public sealed class BuildHistoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly BuildHistory _history;

    public BuildHistoryTests() => _history = BuildHistory.Open(_directory["state/history.db"]);

    [Fact]
    public void The_last_key_of_a_task_comes_back_with_all_its_fields()
    {
        var script = string.Concat(Enumerable.Repeat("oe_runmake \"$@\" ü\n", 100));
        Save(Run("zlib:do_compile", Key(("script", "make"))));
        Save(Run("zlib:do_compile", Key(("script", script), ("var:CFLAGS", "-O2"), ("empty", ""))), Run("curl:do_compile", Key(("script", "make"))));

        var key = _history.LastKey("zlib:do_compile");

        Assert.Equal(Key(("script", script), ("var:CFLAGS", "-O2"), ("empty", "")), key);
        Assert.Equal([("empty", ""), ("script", script), ("var:CFLAGS", "-O2")], key!.Fields.Select(f => (f.Key, f.Value)));
        Assert.Null(_history.LastKey("never:do_run"));
    }

    [Fact]
    public void Fields_that_move_between_keys_and_names_are_kept_apart()
    {
        Save(Run("a:do_x", Key(("a", "b"), ("b", "a"), ("c", "b"))));

        Assert.Equal("b a b", string.Join(' ', _history.LastKey("a:do_x")!.Fields.Values));
    }

    [Fact]
    public void Keys_before_a_given_build_are_those_that_were_last_seen_before_it()
    {
        Save(Run("a:do_x", Key(("v", "1"))), Run("b:do_x", Key(("v", "1"))));
        Save(Run("a:do_x", Key(("v", "2")), TaskOutcome.Failed));
        Save(Run("a:do_x", Key(("v", "3"))));

        Assert.Equal(["3", "1"], Values(null));
        Assert.Equal(["2", "1"], Values(3));
        Assert.Equal(["1", "1"], Values(2));
        Assert.Empty(_history.LastRuns(1));
        Assert.Equal(TaskOutcome.Failed, _history.LastRuns(3)["a:do_x"].Outcome);

        string[] Values(long? before) => [.. _history.LastRuns(before).Values.Select(r => _history.FindKey(r.Key)!.Fields["v"])];
    }

    [Fact]
    public void Runs_and_builds_come_back_latest_first()
    {
        var started = DateTimeOffset.UnixEpoch.AddDays(1);
        var summary = new BuildSummary(1, 2, 3, 4, 5, TimeSpan.FromSeconds(6));
        _history.Save(new(0, started, ["image", "busybox:compile"], summary),
            [new("a:do_x", Key(("v", "1")), TaskOutcome.Restored, TimeSpan.FromMilliseconds(7), Digest.Of("out"))]);
        Save(Run("a:do_x", Key(("v", "2"))));

        Assert.Equal([2, 1], _history.Builds(10).Select(b => b.Id));
        var first = _history.Builds(10)[1];
        Assert.Equal((started, summary), (first.Started, first.Summary));
        Assert.Equal(["image", "busybox:compile"], first.Targets);
        Assert.Equal(new PastRun("a:do_x", 1, Key(("v", "1")).Digest, TaskOutcome.Restored, TimeSpan.FromMilliseconds(7), Digest.Of("out")),
            _history.Runs("a:do_x", 10)[1]);
        Assert.Single(_history.Runs("a:do_x", 1));
    }

    [Fact]
    public void The_expected_duration_is_the_median_of_the_last_five_that_ran()
    {
        foreach (var seconds in (int[])[100, 100, 100, 1, 9, 5, 3, 7]) Save(Run("a:do_x", Key(), TaskOutcome.Ran, seconds));
        Save(Run("a:do_x", Key(), TaskOutcome.Restored, 0), Run("b:do_x", Key(), TaskOutcome.Failed, 50));

        Assert.Equal(TimeSpan.FromSeconds(5), _history.ExpectedDuration("a:do_x"));
        Assert.Null(_history.ExpectedDuration("b:do_x"));

        for (var i = 0; i < 3; i++) Save(Run("a:do_x", Key(), TaskOutcome.Ran, 20));
        Assert.Equal(TimeSpan.FromSeconds(20), _history.ExpectedDuration("a:do_x"));
    }

    [Fact]
    public void Asking_an_absent_history_makes_none()
    {
        Assert.Null(_history.LastKey("a:do_x"));
        Assert.Empty(_history.LastRuns());
        Assert.Null(_history.ExpectedDuration("a:do_x"));
        Assert.False(Directory.Exists(_directory["state"]));
    }

    [Fact]
    public void A_damaged_file_reads_as_empty_and_the_next_build_starts_anew()
    {
        _directory.Write("state/history.db", string.Concat(Enumerable.Repeat("this is no database", 500)));

        Assert.Null(_history.LastKey("a:do_x"));
        Save(Run("a:do_x", Key(("v", "1"))));
        Assert.Equal("1", _history.LastKey("a:do_x")?.Fields["v"]);
    }

    [Fact]
    public void A_history_that_cannot_be_written_is_a_warning_and_no_exception()
    {
        using var history = BuildHistory.Open(_directory.Write("file", "") + "/history.db");

        var problem = history.Save(Build(), [Run("a:do_x", Key())]);

        Assert.Equal(("STR8010", Severity.Warning), (problem!.Rule.Code, problem.Severity));
        Assert.Empty(history.LastRuns());
    }

    [Fact]
    public void Two_processes_may_save_at_once()
    {
        using var other = BuildHistory.Open(_history.File);
        Parallel.For(0, 12, i => Assert.Null((i % 2 == 0 ? _history : other).Save(Build(), [Run($"t{i}:do_x", Key(("v", $"{i}")))])));

        Assert.Equal(12, other.LastRuns().Count);
    }

    [Fact]
    public void Old_runs_are_forgotten_with_their_keys_and_every_remembered_run_keeps_its_key()
    {
        for (var i = 1; i <= 32; i++) Save(Run("a:do_x", Key(("same", "x"), ("v", $"{i}"))), Run($"only{i}:do_x", Key(("same", "x"), ("i", $"{i}"))));

        Assert.Equal(8, _history.Runs("a:do_x", 100).Length);
        Assert.Null(_history.FindKey(Key(("same", "x"), ("v", "1")).Digest));
        Assert.All(_history.LastRuns().Values, run => Assert.Equal(2, _history.FindKey(run.Key)!.Fields.Count));
    }

    [Fact]
    public void Thousands_of_tasks_that_share_most_of_their_fields_stay_small()
    {
        var script = string.Concat(Enumerable.Range(0, 200).Select(i => $"install -m 0644 file{i} $D/usr/share/file{i}\n"));
        var shared = Enumerable.Range(0, 60).Select(i => ($"var:SHARED_{i}", $"the value of variable {i} in every recipe"));
        Save([.. Enumerable.Range(0, 1000).Select(t => Run($"recipe{t}:do_install", Key([.. shared, ("script", script), ("var:PN", $"recipe{t}")])))]);
        _history.Dispose();

        Assert.InRange(new FileInfo(_history.File).Length, 1, 1_000_000);
    }

    [Fact]
    public void Numbers_and_texts_survive_packing()
    {
        long[] numbers = [0, 1, 127, 128, 300, 70_000, long.MaxValue];

        Assert.Equal(numbers, PackedNumbers.Unpack(PackedNumbers.Pack(numbers)));
        foreach (var text in (string[])["", "ä", new string('x', 10_000), string.Concat(Enumerable.Range(0, 300).Select(i => (char)(i * 7 % 500 + 32)))])
            Assert.Equal(text, PackedText.Unpack(PackedText.Pack(text)));
    }

    public void Dispose()
    {
        _history.Dispose();
        _directory.Dispose();
    }

    private static TaskKey Key(params (string Name, string Value)[] fields) =>
        fields.Aggregate(new KeyBuilder("test/1"), (builder, field) => builder.Add(field.Name, field.Value)).Build();

    private static TaskRun Run(string task, TaskKey key, TaskOutcome outcome = TaskOutcome.Ran, int seconds = 1) =>
        new(task, key, outcome, TimeSpan.FromSeconds(seconds));

    private static BuildRecord Build() => new(0, DateTimeOffset.UnixEpoch, ["image"], new(0, 0, 0, 0, 0, TimeSpan.Zero));

    private void Save(params ImmutableArray<TaskRun> runs) => Assert.Null(_history.Save(Build(), runs));
}
