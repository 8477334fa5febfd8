namespace Strata.Packaging;

/// <summary>The order of versions that dpkg and opkg use: Debian policy, 5.6.12.</summary>
public static class PackageVersion
{
    /// <summary>Negative when <paramref name="a"/> is older.</summary>
    public static int Compare(string a, string b)
    {
        var (first, second) = (Split(a), Split(b));
        var order = ComparePart(first.Epoch, second.Epoch);
        if (order == 0) order = ComparePart(first.Upstream, second.Upstream);
        return order != 0 ? order : ComparePart(first.Revision, second.Revision);
    }

    private static (string Epoch, string Upstream, string Revision) Split(string version)
    {
        var colon = version.IndexOf(':', StringComparison.Ordinal);
        var (epoch, rest) = colon < 0 ? ("0", version) : (version[..colon], version[(colon + 1)..]);
        var dash = rest.LastIndexOf('-');
        return dash < 0 ? (epoch, rest, "") : (epoch, rest[..dash], rest[(dash + 1)..]);
    }

    /// <summary>Text and numbers in turn.</summary>
    private static int ComparePart(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (a.Length > 0 || b.Length > 0)
        {
            while ((a.Length > 0 && !char.IsAsciiDigit(a[0])) || (b.Length > 0 && !char.IsAsciiDigit(b[0])))
            {
                if (Weight(a) - Weight(b) is not 0 and var difference) return difference;
                a = a[1..];
                b = b[1..];
            }
            var first = TakeNumber(ref a);
            var second = TakeNumber(ref b);
            var order = first.Length != second.Length ? first.Length - second.Length : first.SequenceCompareTo(second);
            if (order != 0) return order;
        }
        return 0;
    }

    /// <summary>A tilde is before the end, the end before letters, letters before everything else.</summary>
    private static int Weight(ReadOnlySpan<char> text) => text switch
    {
        [] => 0,
        ['~', ..] => -1,
        [var c, ..] when char.IsAsciiDigit(c) => 0,
        [var c, ..] when char.IsAsciiLetter(c) => c,
        [var c, ..] => c + 256,
    };

    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var number = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[end..];
        return number.TrimStart('0');
    }
}
