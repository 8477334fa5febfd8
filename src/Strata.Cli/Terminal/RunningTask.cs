namespace Strata.Cli.Terminal;

/// <param name="Since">On the monotonic clock: <see cref="Core.Clock.Ticks"/>.</param>
/// <param name="Expected">How long it took before; null where nobody knows.</param>
/// <param name="Progress">What it says of itself, such as <c>busybox.tar.bz2 40 %</c>.</param>
public sealed record RunningTask(string Name, long Since, TimeSpan? Expected, string Progress);
