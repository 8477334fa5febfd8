namespace Strata.Packaging;

/// <summary>A glob over whole paths: <c>*</c> stays within one directory, <c>**</c> spans any number of them. Hidden names match too.</summary>
internal sealed class PathPattern(string pattern)
{
    private readonly string[] _segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public bool IsMatch(string path) => IsMatch(_segments, path.Split('/', StringSplitOptions.RemoveEmptyEntries));

    private static bool IsMatch(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty) return path.IsEmpty;
        if (pattern[0] == "**")
        {
            for (var skip = 0; skip <= path.Length; skip++)
                if (IsMatch(pattern[1..], path[skip..])) return true;
            return false;
        }
        return !path.IsEmpty && NamePattern.IsMatch(pattern[0], path[0]) && IsMatch(pattern[1..], path[1..]);
    }
}
