using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.Packaging;

/// <summary>Lists such as <c>libz1 (&gt;= 1.2) bash</c>, the form of RDEPENDS and its relatives.</summary>
public static partial class RuntimeDependency
{
    /// <summary>Each name with its version constraint, in the order written, duplicates dropped.</summary>
    public static ImmutableArray<string> ParseList(string text) =>
        [.. Item().Matches(text).Select(m => m.Groups[2].Success ? $"{m.Groups[1].Value} ({m.Groups[2].Value.Trim()})" : m.Groups[1].Value)
                  .Distinct(StringComparer.Ordinal)];

    /// <summary>The name without its version constraint.</summary>
    public static string NameOf(string dependency)
    {
        var end = dependency.AsSpan().IndexOfAny(' ', '(');
        return end < 0 ? dependency : dependency[..end];
    }

    [GeneratedRegex(@"([^\s()]+)(?:\s*\(([^)]*)\))?", RegexOptions.CultureInvariant)]
    private static partial Regex Item();
}
