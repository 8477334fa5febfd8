using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Metadata;
using Strata.Metadata.Expressions;

namespace Strata.Graph.Keys;

/// <summary>Reads a variable's shape from its texts. Evaluates nothing, so that the outcome serves all recipes.</summary>
internal sealed class ShapeReader(string name, VariableEntry entry, KeySettings settings, FrozenSet<string> excludedFlags)
{
    /// <summary>Flags that are lists of names for keys. With references in them they differ from recipe to recipe.</summary>
    public static readonly ImmutableArray<string> ReadFlags = ["vardeps", "vardepsexclude", "vardepvalue", "prefuncs", "postfuncs", "exports"];

    private readonly HashSet<string> _needed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _candidates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exclusions = WordList.Of(entry.Flag("vardepsexclude")).ToHashSet(StringComparer.Ordinal);

    public VariableShape Read()
    {
        var isFunction = entry.Flag("func") is { Length: > 0 };
        var isPython = isFunction && entry.Flag("python") is { Length: > 0 };
        var isShell = isFunction && !isPython;
        var scan = isPython ? TextReferences.None : settings.ReferencesIn(entry.Text ?? "");
        var value = entry.Flag("vardepvalue");
        var pieces = entry.Flag("vardepvalueexclude") is { Length: > 0 };
        if (ReadFlags.Any(f => entry.Flag(f)?.Contains("${", StringComparison.Ordinal) is true) || !scan.IsComplete
            || (isShell && _exclusions.Count > 0) || pieces) return Shape(null);

        WordTest[] tests = [];
        if (value is null && entry.Text is not null)
        {
            ExpressionReferences[] read = isPython ? [ExpressionReferences.Of(VariableReader.PythonOf(name, entry.Text))] : [.. scan.Expressions];
            _needed.UnionWith(scan.Names);
            foreach (var references in read)
            {
                _needed.UnionWith(references.Variables);
                _needed.UnionWith(references.Flags);
                _candidates.UnionWith(references.Functions);
            }
            tests = [.. VariableReader.Sorted(read.SelectMany(r => r.WordTests)).Where(t => Counts(t.Variable))];
            if (isShell && scan == TextReferences.None && !TryAddCommands(entry.Text)) return Shape(null);
        }
        if (value is null && isFunction)
            foreach (var list in (ReadOnlySpan<string>)["prefuncs", "postfuncs", "exports"]) _needed.UnionWith(WordList.Of(entry.Flag(list)));

        var flags = FlagFields();
        _needed.UnionWith(flags.Select(f => f.Name));
        _needed.UnionWith(WordList.Of(entry.Flag("vardeps")));
        return Shape(new(name, value ?? entry.Text, Numbers(_needed), usesExports: isShell && value is null), flags,
            tests, isShell && value is null && scan != TextReferences.None, !scan.Expressions.IsEmpty && value is null, value is null ? scan.Names : []);
    }

    private VariableShape Shape(
        AnalysedVariable? variable, List<AnalysedVariable>? flags = null, WordTest[]? tests = null, bool mustBeExpanded = false, bool mustBeEvaluated = false,
        ImmutableArray<string>? references = null) => new()
    {
        Entry = entry,
        ExcludedFlags = excludedFlags,
        Variable = variable,
        // A flag with references is read for each recipe.
        FlagVariables = [.. (flags ?? []).Where(f => f.Text?.Contains("${", StringComparison.Ordinal) is not true)],
        Candidates = [.. _candidates.Where(Counts)],
        WordTests = [.. tests ?? []],
        MustBeExpanded = mustBeExpanded,
        MustBeEvaluated = mustBeEvaluated,
        References = references ?? [],
    };

    /// <summary>False if the text is not read as shell, which the recipe that needs it must hear of.</summary>
    private bool TryAddCommands(string shell)
    {
        var commands = settings.CommandsIn(shell);
        _candidates.UnionWith(commands.Plain);
        if (!settings.IsExact) _candidates.UnionWith(commands.Hidden);
        return commands.Problem is null && !(settings.IsExact && commands.Refusal is not null);
    }

    private List<AnalysedVariable> FlagFields() => excludedFlags.Count == 0 ? [] :
    [
        .. from flag in entry.Flags
           where !flag.Name.StartsWith('_') && !excludedFlags.Contains(flag.Name) && (flag.Value ?? flag.Default) is not null
           select new AnalysedVariable($"{name}[{flag.Name}]", flag.Name == "vardepvalueexclude" ? "" : flag.Value ?? flag.Default, []),
    ];

    private int[] Numbers(IEnumerable<string> names) => [.. names.Where(Counts).Select(settings.Names.Of)];

    private bool Counts(string dependency) => !_exclusions.Contains(dependency) && !settings.IgnoredVariables.Contains(dependency);
}
