using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// What earlier builds did, for <c>strata why</c> and for the critical path. Nothing depends on it: a lost, locked or damaged
/// file reads as an empty history. Safe to use from several threads.
/// </summary>
public sealed class BuildHistory : IDisposable
{
    private BuildHistory(string file) => File = file;

    public string File { get; }

    /// <summary>Touches nothing yet: the file is opened by the first question.</summary>
    public static BuildHistory Open(string file) => new(file);

    /// <summary>Saves a finished build in one transaction; a process killed before that loses only this.</summary>
    /// <returns>Null, or why nothing was saved: a build must not fail for it.</returns>
    public Diagnostic? Save(BuildRecord build, IEnumerable<TaskRun> runs) => throw new NotImplementedException();

    /// <summary>The key with which the task was last seen, whatever the outcome was.</summary>
    public TaskKey? LastKey(string task) => throw new NotImplementedException();

    /// <summary>For each task its last run before the given build (null: before now), sorted by task.</summary>
    public ImmutableSortedDictionary<string, TaskRun> LastRuns(long? beforeBuild = null) => throw new NotImplementedException();

    /// <summary>The runs of one task, latest first.</summary>
    public ImmutableArray<TaskRun> Runs(string task, int limit) => throw new NotImplementedException();

    /// <summary>Median of the last few times that the task ran, or null when it never did.</summary>
    public TimeSpan? ExpectedDuration(string task) => throw new NotImplementedException();

    /// <summary>The builds, latest first.</summary>
    public ImmutableArray<BuildRecord> Builds(int limit) => throw new NotImplementedException();

    public void Dispose() { }
}
