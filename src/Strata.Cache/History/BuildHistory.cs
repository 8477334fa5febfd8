using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// What earlier builds did, for <c>strata why</c> and for the critical path. Nothing depends on it: a lost, locked or damaged
/// file reads as an empty history. Safe to use from several threads.
/// </summary>
public sealed class BuildHistory : IDisposable
{
    private const int Version = 2;
    private const int RunsKept = 8;
    private const int BuildsKept = 200;
    private const int RunsForEstimate = 5;
    private const int SweepEvery = 16;

    private static readonly Lazy<SqlScript> s_script = new(() => SqlScript.Load("BuildHistory.sql"));

    private readonly Lock _gate = new();
    private Database? _database;
    private ImmutableDictionary<string, (TimeSpan Duration, long Memory)>? _expected;

    private BuildHistory(string file) => File = file;

    public string File { get; }

    /// <summary>Touches nothing yet: the file is opened by the first question.</summary>
    public static BuildHistory Open(string file) => new(file);

    /// <summary>Notes that a build has begun, so that one which is killed is remembered as well.</summary>
    /// <returns>Its number, 0 when the history cannot be used.</returns>
    public long Begin(DateTimeOffset started, ImmutableArray<string> targets)
    {
        lock (_gate)
        {
            try
            {
                var database = Opened();
                var id = 0L;
                database.InTransaction(() => id = AddBuild(database, started, targets));
                return id;
            }
            catch (Exception e) when (IsOutside(e))
            {
                Close(e);
                return 0;
            }
        }
    }

    /// <summary>Saves a finished build in one transaction; a process killed before that loses only this.</summary>
    /// <param name="build">With the number that <see cref="Begin"/> gave it, or 0 for one that was not begun.</param>
    /// <returns>Null, or why nothing was saved: a build must not fail for it.</returns>
    public Diagnostic? Save(BuildRecord build, IEnumerable<TaskRun> runs)
    {
        lock (_gate)
        {
            try
            {
                var database = Opened();
                database.InTransaction(() => Save(database, build, runs));
                _expected = null;
                return null;
            }
            catch (Exception e) when (IsOutside(e))
            {
                Close(e);
                return CacheRules.HistoryUnusable(File, e.Message);
            }
        }
    }

    /// <summary>The key with which the task was last seen, whatever the outcome was.</summary>
    public TaskKey? LastKey(string task) => Ask<TaskKey?>(null, database =>
        database.Scalar("last-key", task) is byte[] digest ? new KeyArchive(database).Find(Digest.FromHash(digest)) : null);

    /// <summary>The key with its fields, or null when no run that is still remembered had it.</summary>
    public TaskKey? FindKey(Digest key) => Ask(null, database => new KeyArchive(database).Find(key));

    /// <summary>For each task its last run before the given build (null: before now), sorted by task.</summary>
    public ImmutableSortedDictionary<string, PastRun> LastRuns(long? beforeBuild = null) =>
        Ask([], database => database.Query("last-runs", ReadRun, beforeBuild ?? long.MaxValue))
            .ToImmutableSortedDictionary(r => r.Task, r => r, StringComparer.Ordinal);

    /// <summary>The runs of one task, latest first.</summary>
    public ImmutableArray<PastRun> Runs(string task, int limit) => [.. Ask([], database => database.Query("runs", ReadRun, task, limit))];

    /// <summary>The runs of one build, in the order in which they started.</summary>
    public ImmutableArray<PastRun> RunsOf(long build) => [.. Ask([], database => database.Query("runs-of-build", ReadRun, build))];

    /// <summary>Median of the last few times that the task ran, or null when it never did. The first question reads all answers.</summary>
    public TimeSpan? ExpectedDuration(string task) => Expected(task)?.Duration;

    /// <summary>Bytes: the most that one of its processes took in the last few times; 0 when nothing is known.</summary>
    public long ExpectedMemory(string task) => Expected(task)?.Memory ?? 0;

    /// <summary>The builds, latest first.</summary>
    public ImmutableArray<BuildRecord> Builds(int limit) => [.. Ask([], database => database.Query("builds", ReadBuild, limit))];

    public void Dispose()
    {
        lock (_gate)
        {
            _database?.Dispose();
            _database = null;
        }
    }

    private static void Save(Database database, BuildRecord build, IEnumerable<TaskRun> runs)
    {
        var id = build.Id > 0 ? build.Id : AddBuild(database, build.Started, build.Targets);
        var summary = build.Summary;
        database.Execute("end-build", id, summary.Ran, summary.Restored, summary.UpToDate, summary.Failed, summary.Skipped, summary.Duration.Ticks);
        var keys = new KeyArchive(database);
        foreach (var run in runs)
            database.Execute("add-run", TaskNumber(database, run.Task), id, keys.Put(run.Key), run.Outcome.ToString(), run.Duration.Ticks,
                run.Artifact is { } artifact ? Convert.FromHexString(artifact.Hex) : null,
                run.Started.Ticks, run.Usage.Cpu.Ticks, run.Usage.PeakMemory, run.Source);
        if (id % SweepEvery != 0) return;

        database.Execute("forget-runs", RunsKept);
        database.Execute("forget-builds", BuildsKept);
        keys.Sweep();
    }

    private static long AddBuild(Database database, DateTimeOffset started, ImmutableArray<string> targets)
    {
        database.Execute("add-build", started.UtcTicks, string.Join('\n', targets));
        return database.LastInsertedId();
    }

    private static long TaskNumber(Database database, string task)
    {
        if (database.Scalar("find-task", task) is long known) return known;
        database.Execute("add-task", task);
        return database.LastInsertedId();
    }

    private static PastRun ReadRun(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt64(1), Digest.FromHash(row.GetFieldValue<byte[]>(2)), Enum.Parse<TaskOutcome>(row.GetString(3)),
        new(row.GetInt64(4)), row.IsDBNull(5) ? null : Digest.FromHash(row.GetFieldValue<byte[]>(5)))
    {
        Started = new(row.GetInt64(6)),
        Usage = new(new(row.GetInt64(7)), row.GetInt64(8)),
        Source = row.IsDBNull(9) ? null : row.GetString(9),
    };

    private static BuildRecord ReadBuild(SqliteDataReader row) => new(
        row.GetInt64(0), new(row.GetInt64(1), TimeSpan.Zero), [.. row.GetString(2).Split('\n', StringSplitOptions.RemoveEmptyEntries)],
        new(row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), new(row.GetInt64(8)))) { Ended = row.GetBoolean(9) };

    private (TimeSpan Duration, long Memory)? Expected(string task)
    {
        lock (_gate)
        {
            _expected ??= Ask([], ReadLatest).GroupBy(r => r.Task, StringComparer.Ordinal)
                .ToImmutableDictionary(g => g.Key, g => (Median(g.Select(r => r.Duration)), g.Max(r => r.Memory)), StringComparer.Ordinal);
            return _expected.TryGetValue(task, out var known) ? known : null;
        }
    }

    private static List<(string Task, TimeSpan Duration, long Memory)> ReadLatest(Database database) =>
        database.Query("latest-of-all", row => (row.GetString(0), new TimeSpan(row.GetInt64(1)), row.GetInt64(2)), nameof(TaskOutcome.Ran), RunsForEstimate);

    private static TimeSpan Median(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private T Ask<T>(T otherwise, Func<Database, T> question)
    {
        lock (_gate)
        {
            try
            {
                // Asking must not make a history: there is nothing to be found in a new one.
                return _database is null && !System.IO.File.Exists(File) ? otherwise : question(Opened());
            }
            catch (Exception e) when (IsOutside(e))
            {
                Close(e);
                return otherwise;
            }
        }
    }

    private Database Opened() => _database ??= Database.Open(File, s_script.Value, Version);

    /// <summary>A damaged file is removed, so that the next build can start a new one.</summary>
    private void Close(Exception reason)
    {
        _database?.Dispose();
        _database = null;
        if (reason is SqliteException e && Database.IsDamage(e)) Database.Delete(File);
    }

    private static bool IsOutside(Exception e) => e is SqliteException || StoreErrors.Covers(e);
}
