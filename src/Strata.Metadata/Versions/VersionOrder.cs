using System.Collections.Immutable;
using System.Numerics;

namespace Strata.Metadata;

/// <summary>
/// The order of versions <c>[epoch:]version[-revision]</c>: digits by number, letters by text, other characters after letters, and
/// <c>~</c> before everything, even the end.
/// </summary>
public static class VersionOrder
{
    /// <summary>Negative, zero or positive, as the first version is older, equal or newer.</summary>
    public static int Compare(string first, string second)
    {
        var (a, b) = (Split(first), Split(second));
        var order = a.Epoch.CompareTo(b.Epoch);
        if (order == 0) order = ComparePart(a.Version, b.Version);
        return order != 0 ? order : ComparePart(a.Revision, b.Revision);
    }

    /// <summary>Whether <paramref name="version"/> meets a constraint such as <c>&gt;=</c> with <paramref name="bound"/>; null if the operator is unknown.</summary>
    public static bool? Satisfies(string version, string op, string bound)
    {
        var order = Compare(version, bound);
        return op switch
        {
            "=" or "==" => order == 0,
            "!=" => order != 0,
            "<=" => order <= 0,
            ">=" => order >= 0,
            "<" or "<<" => order < 0,
            ">" or ">>" => order > 0,
            _ => null,
        };
    }

    private static (BigInteger Epoch, string Version, string Revision) Split(string text)
    {
        text = text.Trim(' ', '<', '>', '=');
        var epoch = BigInteger.Zero;
        if (text.Split(':') is [var number, var rest, ..])
        {
            _ = BigInteger.TryParse(number, out epoch);
            text = rest;
        }
        return text.LastIndexOf('-') is >= 0 and var dash ? (epoch, text[..dash], text[(dash + 1)..]) : (epoch, text, "");
    }

    private static int ComparePart(string first, string second)
    {
        var (a, b) = (Pieces(first), Pieces(second));
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            // The end ranks as a number without value: after '~', before any number.
            var (x, y) = (i < a.Length ? a[i] : new Piece(0, null, ""), i < b.Length ? b[i] : new Piece(0, null, ""));
            if (x.Rank != y.Rank) return x.Rank.CompareTo(y.Rank);
            if (i >= a.Length) return -1;
            if (i >= b.Length) return 1;
            var order = x.Number is { } n && y.Number is { } m ? n.CompareTo(m) : string.CompareOrdinal(x.Text, y.Text);
            if (order != 0) return order;
        }
        return 0;
    }

    private static ImmutableArray<Piece> Pieces(string text)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        for (var at = 0; at < text.Length;)
        {
            var length = Run(text.AsSpan(at));
            var piece = text.Substring(at, length);
            pieces.Add(char.IsAsciiDigit(piece[0]) ? new(0, BigInteger.Parse(piece, provider: null), "")
                : char.IsAsciiLetter(piece[0]) ? new(1, null, piece)
                : piece == "~" ? new(-1, null, piece)
                : new Piece(2, null, piece));
            at += length;
        }
        return pieces.DrainToImmutable();
    }

    private static int Run(ReadOnlySpan<char> text)
    {
        var length = 1;
        if (char.IsAsciiDigit(text[0])) while (length < text.Length && char.IsAsciiDigit(text[length])) length++;
        else if (char.IsAsciiLetter(text[0])) while (length < text.Length && char.IsAsciiLetter(text[length])) length++;
        return length;
    }

    private readonly record struct Piece(int Rank, BigInteger? Number, string Text);
}
