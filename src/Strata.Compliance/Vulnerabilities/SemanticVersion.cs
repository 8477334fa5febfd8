namespace Strata.Compliance;

/// <summary>Semantic Versioning 2.0.0, section 11; also with fewer or more than three numbers.</summary>
internal static class SemanticVersion
{
    public static int Compare(string a, string b)
    {
        var ((first, firstPre), (second, secondPre)) = (Split(a), Split(b));
        for (var i = 0; i < Math.Max(first.Length, second.Length); i++)
        {
            var order = CompareParts(i < first.Length ? first[i] : "0", i < second.Length ? second[i] : "0");
            if (order != 0) return order;
        }
        if (firstPre.Length == 0 || secondPre.Length == 0) return secondPre.Length - firstPre.Length;
        for (var i = 0; i < Math.Min(firstPre.Length, secondPre.Length); i++)
        {
            var order = CompareParts(firstPre[i], secondPre[i]);
            if (order != 0) return order;
        }
        return firstPre.Length - secondPre.Length;
    }

    private static (string[] Numbers, string[] Prerelease) Split(string version)
    {
        var text = version.TrimStart('v').Split('+')[0];
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (text.Split('.'), []) : (text[..dash].Split('.'), text[(dash + 1)..].Split('.'));
    }

    /// <summary>Numbers are before words.</summary>
    private static int CompareParts(string a, string b) => (IsNumber(a), IsNumber(b)) switch
    {
        (true, true) => VersionOrder.CompareNumbers(a, b),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(a, b),
    };

    private static bool IsNumber(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
