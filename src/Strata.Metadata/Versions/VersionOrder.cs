namespace Strata.Metadata;

/// <summary>
/// The order of versions <c>[epoch:]version[-revision]</c>: digits by number, letters by text, other characters after letters, and
/// <c>~</c> before everything, even the end.
/// </summary>
public static class VersionOrder
{
    /// <summary>Negative, zero or positive, as the first version is older, equal or newer.</summary>
    public static int Compare(string first, string second) => PackageVersion.Parse(first).CompareTo(PackageVersion.Parse(second));

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
}
