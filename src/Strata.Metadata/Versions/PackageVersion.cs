using System.Globalization;

namespace Strata.Metadata;

/// <summary>Epoch, version and revision of a recipe (PE, PV, PR), ordered as BitBake orders them: <c>~</c> sorts before the end.</summary>
public sealed record PackageVersion(string Epoch, string Version, string Revision) : IComparable<PackageVersion>
{
    /// <summary>Reads <c>[epoch:]version[-revision]</c>; comparison signs and blanks around it are dropped.</summary>
    public static PackageVersion Parse(string text)
    {
        var rest = text.Trim(' ', '<', '>', '=');
        var epoch = "";
        if (rest.Split(':') is [var before, var after, ..]) (epoch, rest) = (before, after);
        var dash = rest.LastIndexOf('-');
        return dash < 0 ? new(epoch, rest, "") : new(epoch, rest[..dash], rest[(dash + 1)..]);
    }

    public int CompareTo(PackageVersion? other)
    {
        if (other is null) return 1;
        var epochs = EpochNumber(Epoch) - EpochNumber(other.Epoch);
        if (epochs != 0) return (int)long.Clamp(epochs, int.MinValue, int.MaxValue);
        var versions = CompareParts(Version, other.Version);
        return versions != 0 ? versions : CompareParts(Revision, other.Revision);
    }

    public static bool operator <(PackageVersion left, PackageVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(PackageVersion left, PackageVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(PackageVersion left, PackageVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PackageVersion left, PackageVersion right) => left.CompareTo(right) >= 0;

    /// <summary><c>1:2.3-r0</c>; without an epoch where there is none.</summary>
    public override string ToString()
    {
        var text = Revision.Length == 0 ? Version : $"{Version}-{Revision}";
        return Epoch.Length == 0 ? text : $"{Epoch}:{text}";
    }

    private static long EpochNumber(string epoch) => long.TryParse(epoch, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int CompareParts(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            var a = Take(ref left);
            var b = Take(ref right);
            if (a.Kind == PartKind.End && b.Kind == PartKind.End) return 0;
            if (Rank(a.Kind) != Rank(b.Kind)) return Rank(a.Kind) < Rank(b.Kind) ? -1 : 1;
            if (a.Kind == PartKind.End) return -1;
            if (b.Kind == PartKind.End) return 1;
            var order = a.Kind == PartKind.Digits ? CompareNumbers(a.Text, b.Text) : a.Text.SequenceCompareTo(b.Text);
            if (order != 0) return order < 0 ? -1 : 1;
        }
    }

    /// <summary>The end ranks as a number does and before every number: <c>1.0~rc1 &lt; 1.0</c>, and <c>1.0 &lt; 1.0a</c>.</summary>
    private static int Rank(PartKind kind) => kind == PartKind.End ? (int)PartKind.Digits : (int)kind;

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);
    }

    private static Part Take(ref ReadOnlySpan<char> rest)
    {
        var (kind, length) = rest switch
        {
            [] => (PartKind.End, 0),
            [>= '0' and <= '9', ..] => (PartKind.Digits, LengthWhile(rest, char.IsAsciiDigit)),
            [(>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..] => (PartKind.Letters, LengthWhile(rest, char.IsAsciiLetter)),
            ['~', ..] => (PartKind.Tilde, 1),
            _ => (PartKind.Other, 1),
        };
        var part = new Part(kind, rest[..length]);
        rest = rest[length..];
        return part;
    }

    private static int LengthWhile(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 1;
        while (length < text.Length && belongs(text[length])) length++;
        return length;
    }

    private enum PartKind
    {
        End,
        Tilde,
        Digits,
        Letters,
        Other,
    }

    private readonly ref struct Part(PartKind kind, ReadOnlySpan<char> text)
    {
        public PartKind Kind { get; } = kind;

        public ReadOnlySpan<char> Text { get; } = text;
    }
}
