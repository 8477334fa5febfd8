using System.Diagnostics.CodeAnalysis;

namespace Strata.Core;

/// <summary>The one place that reads the clock. For display, history and cache ages; never for anything that reaches a key or a file of a build.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "this is the one home of the clock")]
public static class Clock
{
    public static DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <summary>A point on the monotonic clock, to measure durations from.</summary>
    public static long Ticks => TimeProvider.System.GetTimestamp();

    public static TimeSpan Since(long ticks) => TimeProvider.System.GetElapsedTime(ticks);
}
