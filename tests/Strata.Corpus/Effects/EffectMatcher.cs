using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Metadata;
using Strata.Metadata.Expressions;
using Strata.Metadata.Names;

namespace Strata.Corpus.Effects;

/// <summary>Finds the Python that makes a value of one recipe: by writing it, or something it is made from.</summary>
/// <param name="isSame">Whether a variable is known to have the value that BitBake gives it: then no Python reaches anything through it.</param>
internal sealed class EffectMatcher(Recipe recipe, ImmutableArray<PythonEffect> effects, Func<string, bool> isSame)
{
    private const int DeepestReference = 12;

    private readonly ImmutableArray<(Regex Variable, Regex? Flag, PythonEffect Effect)> _patterns = 
        [.. effects.Select(e => (Pattern(e.Variable, recipe, effects), e.Flag is null ? null : Pattern(e.Flag, recipe, effects), e))];

    private readonly Dictionary<string, PythonEffect?> _makers = new(StringComparer.Ordinal);

    /// <summary>The maker of a variable's value, or of what it refers to; null if no Python is known to have a part in it.</summary>
    public PythonEffect? MakerOf(string variable, int depth = 0)
    {
        if (_makers.TryGetValue(variable, out var known)) return known;
        _makers[variable] = null;
        if (isSame(variable)) return null;
        return _makers[variable] = Writer(variable, null) ?? (depth < DeepestReference ? MakerOfText(Text(variable), depth + 1) ?? MakerOfCondition(variable, depth + 1) : null);
    }

    /// <summary>Every text that the flag was given counts: resolving virtual providers hides what it referred to.</summary>
    public PythonEffect? MakerOfFlag(string variable, string flag) =>
        Writer(variable, flag) ?? MakerOfText(recipe.Variables.GetFlagUnexpanded(variable, flag), 1)
        ?? recipe.Variables.History(variable).Where(a => a.Flag == flag).Select(a => MakerOfText(a.Text, 1)).FirstOrDefault(m => m is not null);

    /// <summary>Python that adds or deletes the task, or every one of the predecessors that differ.</summary>
    public PythonEffect? MakerOfPredecessors(string task, IEnumerable<string> different)
    {
        if (Writer(task, PythonEffect.After) is { } own) return own;
        var makers = different.Select(t => Writer(t, PythonEffect.After)).ToList();
        return makers.Contains(null) ? null : makers.FirstOrDefault();
    }

    /// <summary>A variable with variants or conditional edits depends on OVERRIDES.</summary>
    private PythonEffect? MakerOfCondition(string variable, int depth) =>
        recipe.Variables.Find(Name.Of(variable))?.MentionedOverrides().Any() is true ? MakerOf("OVERRIDES", depth) : null;

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

    private IEnumerable<string> References(string text)
    {
        for (var at = 0; Strata.Metadata.References.TryFindName(text, at, out var start, out var end); at = end) yield return text[(start + 2)..(end - 1)];
        for (var at = 0; Strata.Metadata.References.TryFindExpression(text, at, out var start, out var end); at = end)
        {
            var read = ExpressionReferences.Of(text[(start + 3)..(end - 1)]);
            foreach (var name in Names(read, [])) yield return name;
        }
    }

    /// <summary>What is read, also by the metadata functions that are called.</summary>
    private IEnumerable<string> Names(ExpressionReferences read, HashSet<string> seen) =>
        read.Variables.Concat(read.WordTests.Select(t => t.Variable))
            .Concat(read.Functions.Where(seen.Add).Select(recipe.Variables.FindFunction).OfType<PythonFunction>().SelectMany(f => Names(ExpressionReferences.Of(f), seen)));

    private static Regex Pattern(string pattern, Recipe recipe, ImmutableArray<PythonEffect> effects)
    {
        var regex = new StringBuilder("^");
        for (var at = 0; at < pattern.Length; at++)
        {
            var close = pattern[at] == '$' && at + 1 < pattern.Length ? pattern.IndexOf(pattern[at + 1] == '{' ? '}' : ']', at) : -1;
            if (close > 0)
            {
                var name = pattern[(at + 2)..close];
                var value = Value(name);
                var words = pattern[at + 1] == '{' ? [value] : value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                _ = effects.Any(e => e.Variable == name && e.Flag is null) && pattern.Length > close + 1 - at ? regex.Append(".*")
                    : regex.Append("(?:").AppendJoin('|', words.Select(Regex.Escape)).Append(')');
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
