using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Metadata.Expressions;

namespace Strata.Tests.Metadata.Expressions;

/// <summary>A datastore just good enough for expressions: plain values and flags, and expansion as BitBake does it.</summary>
internal sealed partial class CorpusScope(IReadOnlyDictionary<string, string> variables, params PythonFunction[] functions) : IExpressionScope
{
    public Dictionary<(string Name, string Flag), string> Flags { get; } = [];

    public IEnumerable<string> VariableNames => variables.Keys;

    public string? Get(string name, bool expand) => variables.TryGetValue(name, out var value) ? (expand ? Expand(value) : value) : null;

    public string? GetFlag(string name, string flag, bool expand) =>
        Flags.TryGetValue((name, flag), out var value) ? (expand ? Expand(value) : value) : null;

    public IReadOnlyList<KeyValuePair<string, string>>? GetFlags(string name) =>
        Flags.Where(f => f.Key.Name == name).Select(f => KeyValuePair.Create(f.Key.Flag, f.Value)).ToList() is { Count: > 0 } flags ? flags : null;

    public PythonModule? FindModule(string name) => Modules.GetValueOrDefault(name);

    public Dictionary<string, PythonModule> Modules { get; } = [];

    public IWritableScope Copy() => throw new NotSupportedException("the tests' scope has no copies");

    public IReadOnlyList<string>? GetPredecessors(string task) => null;

    public IEnumerable<string> Tasks => [];

    public int Processors { get; init; }

    public string BuildArchitecture { get; init; } = "";

    public PythonFunction? FindFunction(string name) => functions.FirstOrDefault(f => f.Name == name);

    public string Expand(string text)
    {
        while (text.Contains("${", StringComparison.Ordinal))
        {
            var before = text;
            text = Reference().Replace(text, m => Get(m.Value[2..^1], expand: true) ?? m.Value);
            text = Inline().Replace(text, m => Evaluate(m.Value));
            if (text == before) break;
        }
        return text;
    }

    /// <summary>What functions have said.</summary>
    public List<string> Messages { get; } = [];

    public void Report(Severity severity, string text) => Messages.Add($"{severity}: {text}");

    private string Evaluate(string reference)
    {
        if (Reference().IsMatch(reference[3..^1])) return reference;
        try
        {
            return InlineExpression.Evaluate(reference[3..^1], this);
        }
        catch (ExpressionException exception) when (exception.Kind == ExpressionException.UnterminatedString)
        {
            return reference;
        }
    }

    [GeneratedRegex(@"\$\{[a-zA-Z0-9\-_+./~:]+\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\$\{@(?:\{.*?\}|.)+?\}")]
    private static partial Regex Inline();
}
