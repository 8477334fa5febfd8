using System.Globalization;

namespace Strata.Metadata.Expressions;

/// <summary>Floats with a given precision, in C's notations.</summary>
internal static class RealFormat
{
    public static string Cased(char type, string text) => char.IsUpper(type) ? text.ToUpperInvariant() : text;

    /// <summary>With a fixed number of places; <paramref name="alternate"/> keeps the point where there are none.</summary>
    public static string Fixed(double value, int places, char type, bool alternate) =>
        Cased(type, Numbers.Fixed(value, places)) + (alternate && places == 0 && double.IsFinite(value) ? "." : "");

    public static string Exponent(double value, int places, char type, bool alternate)
    {
        if (!double.IsFinite(value)) return Cased(type, Numbers.Text(value));
        var (digits, exponent) = Significant(value, places + 1);
        return (double.IsNegative(value) ? "-" : "") + Cased(type, Numbers.Scientific(digits, exponent, alternate));
    }

    /// <summary>Fixed or scientific, whichever is shorter, without trailing zeros; <paramref name="pointed"/> as <c>str</c> does it, with a ".0".</summary>
    public static string General(double value, int digits, bool alternate, bool pointed)
    {
        if (!double.IsFinite(value)) return Numbers.Text(value);
        digits = Math.Max(digits, 1);
        var sign = double.IsNegative(value) ? "-" : "";
        var (all, exponent) = Significant(Math.Abs(value), digits);
        if (!alternate) all = all.TrimEnd('0') is { Length: > 0 } trimmed ? trimmed : "0";
        if (exponent < -4 || exponent >= (pointed ? digits - 1 : digits)) return sign + Numbers.Scientific(all, exponent, alternate);
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{all}";
        if (all.Length <= exponent + 1) return sign + all.PadRight(exponent + 1, '0') + (pointed ? ".0" : alternate ? "." : "");
        return $"{sign}{all[..(exponent + 1)]}.{all[(exponent + 1)..]}";
    }

    private static (string Digits, int Exponent) Significant(double value, int count)
    {
        var text = Math.Abs(value).ToString($"E{(count - 1).ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);
        var cut = text.IndexOf('E', StringComparison.Ordinal);
        return (text[..cut].Replace(".", "", StringComparison.Ordinal), int.Parse(text.AsSpan(cut + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
