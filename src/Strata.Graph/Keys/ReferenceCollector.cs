using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Metadata;
using Strata.Metadata.Expressions;

namespace Strata.Graph.Keys;

/// <summary>Everything that expanding a text reads, as BitBake counts it.</summary>
internal sealed class ReferenceCollector(Datastore variables, KeySettings settings)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);
    private readonly HashSet<WordTest> _wordTests = [];

    /// <summary>Variables, and flags in the form <c>N[f]</c>.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Names called in expressions; which of them are functions of the metadata the reader must know.</summary>
    public IReadOnlyCollection<string> Functions => _functions;

    public IEnumerable<WordTest> WordTests => _wordTests;

    /// <exception cref="ExpansionException">Something that the text refers to cannot be expanded.</exception>
    public void Collect(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal)) return;
        var scan = settings.ReferencesIn(text);
        if (scan.IsComplete && !(settings.IsExact && !scan.Expressions.IsEmpty) && AreSettled(variables, scan.Names))
        {
            _names.UnionWith(scan.Names);
            foreach (var expression in scan.Expressions) Add(expression);
        }
        else CollectWhileExpanding(text);
    }

    public void Add(ExpressionReferences references)
    {
        _names.UnionWith(references.Variables);
        _names.UnionWith(references.Flags);
        _functions.UnionWith(references.Functions);
        _wordTests.UnionWith(references.WordTests);
    }

    /// <summary>Their values bring no new references into a text.</summary>
    public static bool AreSettled(Datastore variables, ImmutableArray<string> names)
    {
        foreach (var name in names)
            if (variables.Get(name)?.Contains("${", StringComparison.Ordinal) is true) return false;
        return true;
    }

    private void CollectWhileExpanding(string text)
    {
        for (var before = ""; before != text && text.Contains("${", StringComparison.Ordinal);)
        {
            before = text;
            text = TextReferences.SimpleReference().Replace(text, match =>
            {
                var name = match.Value[2..^1];
                _ = _names.Add(name);
                return variables.Get(name) ?? match.Value;
            });
            foreach (Match match in TextReferences.InlineReference().Matches(text))
            {
                var code = match.Value[3..^1];
                if (!TextReferences.SimpleReference().IsMatch(code)) Add(ExpressionReferences.Of(code));
            }
            text = variables.EvaluateExpressions(text);
        }
    }
}
