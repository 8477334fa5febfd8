using Strata.Core;

namespace Strata.Corpus;

/// <summary>Tries seed after seed until the time is over; other ones every time, and printed with each failure.</summary>
internal static class FuzzCommand
{
    /// <returns>The exit code: 0 if nothing failed.</returns>
    public static int Run(TimeSpan duration, string projects, string baseLayer, TextWriter output)
    {
        using var fuzzer = new MetadataFuzzer(projects, baseLayer);
        var (start, seed, failed) = (Clock.Ticks, Random.Shared.Next(1 << 30), 0);
        var tried = 0;
        for (; Clock.Since(start) < duration; tried++)
        {
            if (fuzzer.Try(seed + tried) is not { } failure) continue;
            failed++;
            output.WriteLine(failure);
        }
        output.WriteLine($"{tried} broken projects, {failed} failures");
        return failed == 0 ? 0 : 1;
    }
}
