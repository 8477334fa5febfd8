using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Execution;

/// <summary>What a work task left behind in its work directory.</summary>
/// <param name="IsDone">False when it was started and did not finish: the directory is in an unknown state.</param>
/// <param name="Key">The shallow key with which it ran.</param>
/// <param name="After">Names of the tasks of the same recipe that it built upon.</param>
internal sealed record Stamp(bool IsDone, Digest Key, ImmutableArray<string> After)
{
    private const string Done = "done";
    private const string Started = "started";
    private const string End = "end";

    /// <summary>A file that was cut short reads as a task that did not finish.</summary>
    public static Stamp Parse(string text) => text.Split('\n') is [var state, var key, .. var after, End, ""] && Digest.TryParse(key, out var digest)
        ? new(state == Done, digest, [.. after])
        : new(false, default, []);

    public override string ToString() => string.Join('\n', [IsDone ? Done : Started, Key.ToString(), .. After, End, ""]);
}
