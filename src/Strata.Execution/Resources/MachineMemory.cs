using System.Globalization;
using Strata.Core;

namespace Strata.Execution;

/// <summary>Whether the machine has memory for more work. Asks the kernel at most ten times a second.</summary>
/// <param name="directory">Where the kernel tells: <c>/proc</c>, except in tests.</param>
internal sealed class MachineMemory(string directory)
{
    /// <summary>Percent of the last ten seconds in which some process waited for memory.</summary>
    private const double HighPressure = 25;

    private const double ShortShare = 0.05;

    private static readonly TimeSpan s_fresh = TimeSpan.FromMilliseconds(100);

    private long? _asked;
    private bool _isShort;

    /// <summary>Less than a twentieth is available, or processes wait for memory. False where the kernel does not tell.</summary>
    public bool IsShort
    {
        get
        {
            if (_asked is { } last && Clock.Since(last) < s_fresh) return _isShort;
            _asked = Clock.Ticks;
            return _isShort = Available() < ShortShare || Pressure() > HighPressure;
        }
    }

    private double Available()
    {
        var (total, available) = (0.0, 1.0);
        foreach (var line in Lines("meminfo"))
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var number, ..])
            {
                if (name == "MemTotal:") total = Number(number);
                if (name == "MemAvailable:") available = Number(number);
            }
        return total > 0 ? available / total : 1;
    }

    private double Pressure() => Lines("pressure/memory").FirstOrDefault()?.Split(' ') is ["some", var average, ..] && average.StartsWith("avg10=", StringComparison.Ordinal)
        ? Number(average["avg10=".Length..])
        : 0;

    private static double Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(directory, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Older kernels, and containers that hide it.
            return [];
        }
    }
}
