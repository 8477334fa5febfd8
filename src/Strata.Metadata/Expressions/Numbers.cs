using System.Globalization;
using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>Reading and writing numbers as Python does.</summary>
internal static class Numbers
{
    /// <summary>More digits than this are not built: nobody means them.</summary>
    private const int MostBits = 1 << 20;

    public static object ParseLiteral(ReadOnlySpan<char> text, int offset)
    {
        if (text.Contains("__", StringComparison.Ordinal) || text[^1] == '_') throw Fail.Syntax("invalid number literal", offset);
        var digits = text.ToString().Replace("_", "", StringComparison.Ordinal);
        var radix = digits is ['0', 'x' or 'X', ..] ? 16 : digits is ['0', 'o' or 'O', ..] ? 8 : digits is ['0', 'b' or 'B', ..] ? 2 : 10;
        if (radix != 10) return ParseDigits(digits.AsSpan(2), radix) ?? throw Fail.Syntax("invalid number literal", offset);
        if (digits.AsSpan().IndexOfAny(".eE") >= 0)
            return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : throw Fail.Syntax("invalid decimal literal", offset);
        if (digits.Length > 1 && digits[0] == '0' && digits.AsSpan().IndexOfAnyExcept('0') >= 0)
            throw Fail.Syntax("leading zeros in decimal integer literals are not permitted", offset);
        return ParseDigits(digits, 10) ?? throw Fail.Syntax("invalid decimal literal", offset);
    }

    private static BigInteger? ParseDigits(ReadOnlySpan<char> digits, int radix)
    {
        if (digits.IsEmpty || digits.Length > 4300) return null;
        if (radix == 10) return BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        var result = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : 99;
            if (digit >= radix) return null;
            result = (result * radix) + digit;
        }
        return result;
    }

    /// <summary>Python's <c>int(text, radix)</c>.</summary>
    public static BigInteger ParseInt(string text, int radix)
    {
        var digits = text.AsSpan().Trim();
        var negative = digits is ['-', ..];
        if (digits is ['+' or '-', ..]) digits = digits[1..];
        var shown = radix;
        var marked = digits is ['0', 'x' or 'X', ..] ? 16 : digits is ['0', 'o' or 'O', ..] ? 8 : digits is ['0', 'b' or 'B', ..] ? 2 : 0;
        if (marked != 0 && (radix == 0 || radix == marked))
        {
            radix = marked;
            digits = digits[2..];
        }
        else if (radix == 0) radix = digits is ['0', ..] && digits.IndexOfAnyExcept("0_") >= 0 ? throw Invalid() : 10;

        if (digits is ['_', ..] or [.., '_'] || digits.Contains("__", StringComparison.Ordinal)) throw Invalid();
        var value = ParseDigits(AsciiDigits(digits.ToString().Replace("_", "", StringComparison.Ordinal)), radix) ?? throw Invalid();
        return negative ? -value : value;

        ExpressionException Invalid() => Fail.Value($"invalid literal for int() with base {shown.ToString(CultureInfo.InvariantCulture)}: {Texts.Repr(text)}");
    }

    /// <summary>The text with the decimal digits of other scripts as those of ASCII.</summary>
    private static string AsciiDigits(string text) =>
        System.Text.Ascii.IsValid(text) ? text : string.Concat(text.Select(c => CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : c));

    /// <summary>Python's <c>float(text)</c>.</summary>
    public static double ParseFloat(string text)
    {
        var digits = AsciiDigits(text.Trim().Replace("_", "", StringComparison.Ordinal));
        switch (digits.TrimStart('+', '-').ToLowerInvariant())
        {
            case "inf" or "infinity": return digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            case "nan": return double.NaN;
        }
        return digits.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.' or 'e' or 'E')
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Fail.Value($"could not convert string to float: {Texts.Repr(text)}");
    }

    public static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same number, laid out as Python does.</summary>
    public static string Text(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        var (digits, exponent) = Digits(value.ToString("E16", CultureInfo.InvariantCulture), value.ToString("R", CultureInfo.InvariantCulture));
        var sign = double.IsNegative(value) ? "-" : "";
        if (exponent is < -4 or >= 16) return sign + Scientific(digits, exponent);
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        if (digits.Length <= exponent + 1) return $"{sign}{digits.PadRight(exponent + 1, '0')}.0";
        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <param name="pointed">Whether the point stays where nothing follows it.</param>
    public static string Scientific(string digits, int exponent, bool pointed = false)
    {
        var power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return $"{digits[0]}{(digits.Length > 1 || pointed ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{power}";
    }

    /// <summary>Significant digits without trailing zeros, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Digits(string scientific, string shortest)
    {
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = shortest.AsSpan();
        if (mantissa.IndexOf('E') is >= 0 and var cut)
        {
            exponent = int.Parse(mantissa[(cut + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..cut];
        }
        var digits = mantissa.ToString().Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? ("0", 0) : (digits, exponent);
    }

    /// <summary>The value as an exact decimal with this many places, rounded half to even as IEEE asks.</summary>
    public static string Fixed(double value, int places)
    {
        if (!double.IsFinite(value)) return Text(value);
        var (mantissa, power) = Parts(value);
        var scaled = mantissa * BigInteger.Pow(10, places);
        scaled = power >= 0 ? scaled << power : RoundedShift(scaled, -power);
        var digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var sign = double.IsNegative(value) ? "-" : "";
        return places == 0 ? sign + digits : $"{sign}{digits[..^places]}.{digits[^places..]}";
    }

    /// <summary>The value rounded to a multiple of a power of ten, exactly, and half to even.</summary>
    public static double RoundToTens(double value, int tens)
    {
        if (tens > 308) return Math.CopySign(0.0, value);
        var (mantissa, power) = Parts(value);
        var unit = BigInteger.Pow(10, tens);
        var divisor = power < 0 ? unit << -power : unit;
        var quotient = BigInteger.DivRem(power > 0 ? mantissa << power : mantissa, divisor, out var rest);
        var isUp = (rest * 2).CompareTo(divisor) is var half && (half > 0 || (half == 0 && !quotient.IsEven));
        return Math.CopySign(ToDouble((isUp ? quotient + 1 : quotient) * unit), value);
    }

    /// <summary>The size of a finite value as <c>mantissa × 2^power</c>.</summary>
    private static (BigInteger Mantissa, int Power) Parts(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var power = (int)(bits >> 52);
        return (power == 0 ? (bits & 0xFFFFFFFFFFFFF) << 1 : (bits & 0xFFFFFFFFFFFFF) | 0x10000000000000, power - 1075);
    }

    private static BigInteger RoundedShift(BigInteger value, int shift)
    {
        var quotient = value >> shift;
        var rest = value - (quotient << shift);
        var half = BigInteger.One << (shift - 1);
        return rest > half || (rest == half && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    /// <summary>Division that rounds down, and the remainder with the divisor's sign.</summary>
    public static (BigInteger Quotient, BigInteger Remainder) FloorDivide(BigInteger left, BigInteger right)
    {
        var quotient = BigInteger.DivRem(left, right, out var rest);
        return !rest.IsZero && (rest.Sign < 0) != (right.Sign < 0) ? (quotient - 1, rest + right) : (quotient, rest);
    }

    public static BigInteger Power(BigInteger value, BigInteger exponent)
    {
        if (exponent * value.GetBitLength() > MostBits && !value.IsOne && !value.IsZero && value != BigInteger.MinusOne)
            throw Fail.TooLong("the result of '**' has too many digits");
        return value == BigInteger.MinusOne ? (exponent.IsEven ? 1 : -1) : value.IsOne || (value.IsZero && !exponent.IsZero) ? value : BigInteger.Pow(value, (int)exponent);
    }

    public static BigInteger ShiftLeft(BigInteger value, BigInteger count)
    {
        if (count.Sign < 0) throw Fail.Value("negative shift count");
        return count > MostBits ? throw Fail.TooLong("the result of '<<' has too many digits") : value << (int)count;
    }

    /// <summary>The integer part.</summary>
    public static BigInteger Truncated(double value) =>
        double.IsNaN(value) ? throw Fail.Value("cannot convert float NaN to integer")
        : double.IsInfinity(value) ? throw new ExpressionException("OverflowError", "cannot convert float infinity to integer")
        : new BigInteger(Math.Truncate(value));

    /// <summary>An integer where Python wants one: an index, a count, a width.</summary>
    public static int Index(object value) => value switch
    {
        bool flag => flag ? 1 : 0,
        BigInteger number when number > int.MaxValue => int.MaxValue,
        BigInteger number when number < int.MinValue + 1 => int.MinValue + 1,
        BigInteger number => (int)number,
        _ => throw Fail.Type($"'{Texts.TypeName(value)}' object cannot be interpreted as an integer"),
    };

    /// <summary>True and the integer for an int or a bool.</summary>
    public static bool IsInteger(object value, out BigInteger number)
    {
        number = value switch { BigInteger whole => whole, true => BigInteger.One, _ => BigInteger.Zero };
        return value is BigInteger or bool;
    }

    /// <summary>True and the number for an int, a bool or a float.</summary>
    public static bool IsNumber(object value, out double number)
    {
        number = value switch { double real => real, BigInteger whole => ToDouble(whole), true => 1, _ => 0 };
        return value is double or BigInteger or bool;
    }

    private static double ToDouble(BigInteger value)
    {
        // The conversion of .NET cuts off what does not fit; reading the digits rounds.
        var result = value.GetBitLength() <= 53 ? (double)value : double.Parse(Text(value), CultureInfo.InvariantCulture);
        return double.IsInfinity(result) ? throw new ExpressionException("OverflowError", "int too large to convert to float") : result;
    }
}
