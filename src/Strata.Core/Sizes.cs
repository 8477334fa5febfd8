using System.Globalization;

namespace Strata.Core;

/// <summary>Sizes as people write them: <c>512M</c>, <c>2G</c>; powers of 1024.</summary>
public static class Sizes
{
    private const string Units = "KMGT";

    /// <summary>False unless it is a whole positive number, with or without one of the letters K, M, G and T behind it.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var power = text.Length > 0 ? Units.IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) + 1 : 0;
        if (!long.TryParse(power > 0 ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        if (number <= 0 || number > long.MaxValue >> (10 * power)) return false;
        bytes = number << (10 * power);
        return true;
    }
}
