using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Execution;

/// <summary>What a work task left behind in its work directory.</summary>
/// <param name="IsDone">False when it was started and did not finish: the directory is in an unknown state.</param>
/// <param name="Key">The shallow key with which it ran.</param>
/// <param name="Written">When; what it tells about may be lost if the machine went down soon afterwards.</param>
/// <param name="After">Names of the tasks of the same recipe that it built upon.</param>
internal sealed record Stamp(bool IsDone, Digest Key, BootMoment Written, ImmutableArray<string> After)
{
    private const string Done = "done";
    private const string Started = "started";
    private const string End = "end";

    /// <summary>A file that was cut short reads as a task that did not finish.</summary>
    public static Stamp Parse(string text) =>
        text.Split('\n') is [var state, var key, var boot, var second, .. var after, End, ""] && Digest.TryParse(key, out var digest)
        && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? new(state == Done, digest, new(boot, at), [.. after])
            : new(false, default, Boots.Now, []);

    public override string ToString() =>
        string.Join('\n', [IsDone ? Done : Started, Key.ToString(), Written.Boot, Written.Second.ToString(CultureInfo.InvariantCulture), .. After, End, ""]);
}
