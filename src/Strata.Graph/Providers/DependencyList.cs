using System.Collections.Immutable;

namespace Strata.Graph.Providers;

/// <summary>Dependency strings such as DEPENDS and RDEPENDS: <c>a b (>= 1.0) c</c>.</summary>
public static class DependencyList
{
    private static readonly char[] s_blanks = [' ', '\t', '\n', '\r', '\f', '\v'];

    /// <summary>The names in order, repeats included. What stands in parentheses is a version constraint, which a build ignores as BitBake does.</summary>
    public static ImmutableArray<string> Names(string? text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var names = ImmutableArray.CreateBuilder<string>();
        var inConstraint = false;
        foreach (var word in Words(text))
        {
            inConstraint |= word[0] == '(';
            if (!inConstraint) names.Add(word);
            else if (word[^1] == ')') inConstraint = false;
        }
        return names.ToImmutable();
    }

    /// <summary>The text split at white space.</summary>
    internal static string[] Words(string? text) => text?.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
