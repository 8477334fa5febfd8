using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Metadata;
using Strata.Metadata.Expressions;

namespace Strata.Corpus.Effects;

/// <summary>Finds the Python that makes a value of one recipe: by writing it, or something it is made from.</summary>
internal sealed class EffectMatcher(Recipe recipe, ImmutableArray<PythonEffect> effects)
{
    private const int DeepestReference = 12;

    private readonly ImmutableArray<(Regex Variable, Regex? Flag, PythonEffect Effect)> _patterns = [.. effects.Select(e => (Pattern(e.Variable, recipe), e.Flag is null ? null : Pattern(e.Flag, recipe), e))];
    private readonly Dictionary<string, PythonEffect?> _makers = new(StringComparer.Ordinal);

    /// <summary>The maker of a variable's value, or of what it refers to; null if no Python is known to have a part in it.</summary>
    public PythonEffect? MakerOf(string variable, int depth = 0)
    {
        if (_makers.TryGetValue(variable, out var known)) return known;
        _makers[variable] = null;
        return _makers[variable] = Writer(variable, null) ?? (depth < DeepestReference ? MakerOfText(Text(variable), depth + 1) : null);
    }

    public PythonEffect? MakerOfFlag(string variable, string flag) =>
        Writer(variable, flag) ?? MakerOfText(recipe.Variables.GetFlagUnexpanded(variable, flag), 1);

    public PythonEffect? MakerOfPredecessors(string task) => Writer(task, PythonEffect.After);

    private PythonEffect? Writer(string variable, string? flag)
    {
        foreach (var (pattern, flagPattern, effect) in _patterns)
            if (flagPattern is null == flag is null && pattern.IsMatch(variable) && flagPattern?.IsMatch(flag!) is not false) return effect;
        // A variant or edit that Python adds changes the variable.
        var colon = flag is null ? variable.LastIndexOf(':') : -1;
        return colon > 0 ? Writer(variable[..colon], null) : null;
    }

    private PythonEffect? MakerOfText(string? text, int depth) =>
        text is null ? null : References(text).Select(name => MakerOf(name, depth)).FirstOrDefault(m => m is not null);

    private string? Text(string variable)
    {
        try
        {
            return recipe.Variables.GetUnexpanded(variable);
        }
        catch (ExpansionException)
        {
            return null;
        }
    }

    private static IEnumerable<string> References(string text)
    {
        for (var at = 0; Strata.Metadata.References.TryFindName(text, at, out var start, out var end); at = end) yield return text[(start + 2)..(end - 1)];
        for (var at = 0; Strata.Metadata.References.TryFindExpression(text, at, out var start, out var end); at = end)
        {
            var read = ExpressionReferences.Of(text[(start + 3)..(end - 1)]);
            foreach (var name in read.Variables.Concat(read.WordTests.Select(t => t.Variable))) yield return name;
        }
    }

    private static Regex Pattern(string pattern, Recipe recipe)
    {
        var regex = new StringBuilder("^");
        for (var at = 0; at < pattern.Length; at++)
        {
            var close = pattern[at] == '$' && at + 1 < pattern.Length ? pattern.IndexOf(pattern[at + 1] == '{' ? '}' : ']', at) : -1;
            if (close > 0)
            {
                var value = Value(pattern[(at + 2)..close]);
                var words = pattern[at + 1] == '{' ? [value] : value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                _ = regex.Append("(?:").AppendJoin('|', words.Select(Regex.Escape)).Append(')');
                at = close;
            }
            else
            {
                _ = regex.Append(pattern[at] == '*' ? ".*" : Regex.Escape(pattern[at].ToString()));
            }
        }
        return new(regex.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);

        string Value(string variable)
        {
            try
            {
                return recipe.Variables.Get(variable) ?? "";
            }
            catch (ExpansionException)
            {
                return "";
            }
        }
    }
}
