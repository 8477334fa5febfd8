using System.Collections.Immutable;

namespace Strata.Metadata;

/// <summary>Texts such as <c>a b (>= 1.0) c</c>, as in DEPENDS, RDEPENDS and LAYERDEPENDS.</summary>
public static class DependencyList
{
    private static readonly string[] s_operators = ["<=", "=<", "<<", "==", "!=", ">=", "=>", ">>", "<", ">", "="];

    /// <summary>The names in order, repeats included; what is in parentheses is left out.</summary>
    public static ImmutableArray<string> Names(string? text)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var isConstraint = false;
        foreach (var word in Words.Of(text))
        {
            isConstraint |= word[0] == '(';
            if (!isConstraint) names.Add(word);
            isConstraint &= !word.EndsWith(')');
        }
        return names.DrainToImmutable();
    }

    /// <summary>
    /// Each name once, in order, with its constraints as "OPERATOR VERSION". Commas are ignored. Several constraints of one name run
    /// into each other, as they do in BitBake.
    /// </summary>
    /// <exception cref="FormatException">A constraint has no operator.</exception>
    public static ImmutableArray<(string Name, ImmutableArray<string> Constraints)> WithVersions(string? text)
    {
        OrderedDictionary<string, List<string>> found = new(StringComparer.Ordinal);
        var (name, op, version, expectsOperator, isConstraint) = ("", "", "", false, false);
        foreach (var piece in Words.Of(text?.Replace(",", "", StringComparison.Ordinal)))
        {
            var word = piece;
            if (word[0] == '(')
            {
                expectsOperator = true;
                word = word[1..];
                if (word.Length == 0) continue;
            }
            if (expectsOperator)
            {
                (expectsOperator, isConstraint) = (false, true);
                op = s_operators.FirstOrDefault(o => word.StartsWith(o, StringComparison.Ordinal))
                    ?? throw new FormatException($"'({word}' has no comparison operator");
                word = word[op.Length..];
                if (word.Length == 0) continue;
            }
            if (!isConstraint)
            {
                (name, version) = (word, "");
                _ = found.TryAdd(name, []);
                continue;
            }
            if (word.EndsWith(')'))
            {
                word = word[..^1];
                isConstraint = false;
                if (version.Length > 0 && word.Length > 0) version += " ";
            }
            if (word.Length == 0) continue;
            version += word;
            if (!found.TryGetValue(name, out var constraints)) found[name] = constraints = [];
            constraints.Add($"{op} {version}");
        }
        return [.. found.Select(f => (f.Key, f.Value.ToImmutableArray()))];
    }
}
