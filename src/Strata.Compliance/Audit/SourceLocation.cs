namespace Strata.Compliance;

/// <summary>Reads <c>git+ADDRESS@COMMIT</c>, as SBOMs name a commit.</summary>
internal static class SourceLocation
{
    private const string Git = "git+";

    /// <returns>The address alone, and the commit, empty where the location names none.</returns>
    public static (string Address, string Commit) Split(string location)
    {
        var at = location.LastIndexOf('@');
        return location.StartsWith(Git, StringComparison.Ordinal) && at > 0 && location[(at + 1)..] is { Length: 40 or 64 } commit && commit.All(char.IsAsciiHexDigit)
            ? (location[Git.Length..at], commit)
            : (location, "");
    }
}
