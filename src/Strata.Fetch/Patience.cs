namespace Strata.Fetch;

/// <summary>How long a server is listened to that sends little.</summary>
/// <param name="Idle">It may stay silent for this long.</param>
/// <param name="Window">In each stretch of this length …</param>
/// <param name="BytesPerWindow">… it must send this much.</param>
internal sealed record Patience(TimeSpan Idle, TimeSpan Window, long BytesPerWindow)
{
    /// <summary>For files of this machine.</summary>
    public static Patience Endless { get; } = new(Timeout.InfiniteTimeSpan, TimeSpan.MaxValue, 0);
}
