namespace Strata.Compliance;

/// <summary>Spellings of one product's name. Databases write blanks where others write underlines, and PyPI takes <c>-</c>, <c>_</c> and <c>.</c> for the same.</summary>
internal static class ProductNames
{
    public static string Key(string name) => name.ToLowerInvariant().Replace(' ', '-').Replace('_', '-').Replace('.', '-');

    /// <summary>Without scheme, user and ending: <c>github.com/madler/zlib</c>.</summary>
    public static string RepositoryKey(string address)
    {
        var rest = address[(address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..];
        rest = rest[(rest.IndexOf('@', StringComparison.Ordinal) + 1)..].TrimEnd('/');
        return (rest.EndsWith(".git", StringComparison.Ordinal) ? rest[..^4] : rest).ToLowerInvariant();
    }
}
