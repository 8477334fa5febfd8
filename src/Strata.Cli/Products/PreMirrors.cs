using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Fetch;

namespace Strata.Cli.Products;

/// <summary>KAS_PREMIRRORS: on each line a pattern in Python's notation and what an address that it matches becomes. The first match counts.</summary>
internal sealed class PreMirrors(ImmutableSortedDictionary<string, string> environment)
{
    private readonly (PythonPattern Pattern, string Replacement)[] _rules =
        [.. (environment.GetValueOrDefault("KAS_PREMIRRORS") ?? "").Split('\n').Select(line => Words.Of(line)).Where(words => words is [_, _]).Select(words => (Pattern(words[0]), words[1]))];

    public string AddressOf(string url)
    {
        var rule = _rules.FirstOrDefault(r => r.Pattern.Matches(url));
        return rule.Pattern is null ? url : rule.Pattern.ReplaceFirst(url, rule.Replacement);
    }

    private static PythonPattern Pattern(string text)
    {
        try
        {
            return new(text);
        }
        catch (RegexParseException e)
        {
            throw new ProductException(ProductRules.BadPreMirror(text, e.Message));
        }
    }
}
