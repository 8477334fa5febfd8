using System.Globalization;
using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>How BitBake compares versions: runs of digits by number, runs of letters by text, <c>~</c> before the end, all else behind it.</summary>
internal static class Versions
{
    private static List<(int Rank, object Value)> Pieces(string version)
    {
        var pieces = new List<(int, object)>();
        for (var at = 0; at < version.Length;)
        {
            var start = at;
            if (char.IsAsciiDigit(version[at]))
            {
                while (at < version.Length && char.IsAsciiDigit(version[at])) at++;
                pieces.Add((0, BigInteger.Parse(version.AsSpan(start, at - start), CultureInfo.InvariantCulture)));
            }
            else if (char.IsAsciiLetter(version[at]))
            {
                while (at < version.Length && char.IsAsciiLetter(version[at])) at++;
                pieces.Add((1, version[start..at]));
            }
            else pieces.Add((version[at] == '~' ? -1 : 2, version[at++].ToString()));
        }
        return pieces;
    }

    public static ListValue Explode(string version) => new(Pieces(version).Select(p => TupleValue.Of(CallArguments.Integer(p.Rank), p.Value)));

    /// <summary>Below, equal or above zero.</summary>
    public static int ComparePart(string left, string right)
    {
        var (a, b) = (Pieces(left), Pieces(right));
        for (var i = 0; ; i++)
        {
            var (x, y) = (i < a.Count ? a[i] : (0, null!), i < b.Count ? b[i] : (Rank: 0, Value: null!));
            if (i >= a.Count && i >= b.Count) return 0;
            if (x.Rank != y.Rank) return x.Rank < y.Rank ? -1 : 1;
            if (x.Value is null) return -1;
            if (y.Value is null) return 1;
            if (Operators.Order("<", x.Value, y.Value) is not 0 and var order) return Math.Sign(order);
        }
    }

    /// <summary>Epoch, version and revision of <c>epoch:version-revision</c>.</summary>
    public static TupleValue Split(string version)
    {
        var text = version.Trim(' ', '<', '>', '=');
        object epoch = BigInteger.Zero;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            var parts = text.Split(':');
            epoch = Numbers.ParseInt(parts[0], 10);
            text = parts[1];
        }
        var dash = text.LastIndexOf('-');
        return dash < 0 ? TupleValue.Of(epoch, text, "") : TupleValue.Of(epoch, text[..dash], text[(dash + 1)..]);
    }

    /// <summary>The difference of the epochs if there is one, else the order as -1, 0 or 1.</summary>
    public static object Compare(string left, string right) => Compare(Split(left).Items, Split(right).Items);

    public static object CompareSplit(object left, object right, CallArguments arguments)
    {
        List<object> a = [.. arguments.Run.Iterate(left)], b = [.. arguments.Run.Iterate(right)];
        if (a.Count != 3 || b.Count != 3) throw Fail.Value("a version has three parts");
        return Compare(a, b);
    }

    private static object Compare(IReadOnlyList<object> left, IReadOnlyList<object> right)
    {
        var epochs = Epoch(left[0]) - Epoch(right[0]);
        if (!epochs.IsZero) return epochs;
        var order = ComparePart((string)left[1], (string)right[1]);
        return CallArguments.Integer(order != 0 ? order : ComparePart((string)left[2], (string)right[2]));
    }

    private static BigInteger Epoch(object value) =>
        !Iteration.IsTrue(value) ? 0 : value is string text ? Numbers.ParseInt(text, 10) : Numbers.IsInteger(value, out var number) ? number : throw Fail.Type("an epoch is a number");
}
