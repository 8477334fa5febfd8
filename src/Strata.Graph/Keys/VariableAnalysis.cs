using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Strata.Metadata;
using Strata.Metadata.Expressions;

namespace Strata.Graph.Keys;

/// <summary>
/// The dependency analysis of BitBake's signatures over one set of variables; every name is analysed once. Not for several threads.
/// </summary>
/// <param name="exact">
/// True: BitBake's answer to the letter. False: for Strata's own keys, which also follow commands that BitBake overlooks.
/// </param>
internal sealed class VariableAnalysis(Datastore variables, KeySettings settings, bool exact)
{
    private static readonly string[] s_functionLists = ["prefuncs", "postfuncs", "exports"];

    private static readonly HashSet<string> s_nothing = [];

    private readonly Dictionary<string, AnalysedVariable> _known = new(StringComparer.Ordinal);
    private readonly FrozenSet<string> _excludedFlags = KeySettings.ExcludedFlags(variables, exact);
    private readonly ImmutableArray<string> _allNames = variables.Names;
    private HashSet<string>? _names;
    private ImmutableArray<string>? _exported;
    private int _walks;

    public Datastore Variables => variables;

    /// <summary>Every variable that tasks get in their environment; sorted.</summary>
    public ImmutableArray<string> Exported => _exported ??= [.. _allNames.Where(n => Flags.IsOn(variables, n, "export"))];

    /// <exception cref="ExpansionException">A value that the name needs cannot be expanded.</exception>
    public AnalysedVariable Of(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        var analysed = name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
            ? OfFlag(name, name[..bracket], name[(bracket + 1)..^1])
            : OfVariable(name);
        return _known[name] = analysed;
    }

    /// <summary>Everything that the name needs, near or far, in no order. The name itself is in it only if it needs itself.</summary>
    public List<AnalysedVariable> Closure(string name)
    {
        _walks++;
        var found = new List<AnalysedVariable>();
        Follow(Of(name));
        for (var i = 0; i < found.Count; i++) Follow(found[i]);
        return found;

        void Follow(AnalysedVariable variable)
        {
            foreach (var needed in variable.Needed ??= [.. variable.Dependencies.Select(Of)])
            {
                if (needed.Walk == _walks) continue;
                needed.Walk = _walks;
                found.Add(needed);
            }
        }
    }

    private AnalysedVariable OfFlag(string full, string name, string flag)
    {
        if (flag == "vardepvalueexclude") return new(full, "", []);
        var text = variables.GetFlagUnexpanded(name, flag);
        if (text is null) return new(full, null, []);
        var references = new ReferenceCollector(variables, settings);
        references.Collect(text);
        if (exact) _ = variables.GetFlag(name, flag);   // for BitBake a flag that cannot be expanded is an error, too
        return new(full, text, Without(references.Names.Concat(references.Functions.Where(IsKnown)), s_nothing));
    }

    private AnalysedVariable OfVariable(string name)
    {
        var flags = variables.FlagNames(name);
        return flags.IsEmpty && variables.ActiveRemoves(name).IsEmpty && PlainVariable(name) is { } plain ? plain : OfVariable(name, flags);
    }

    /// <summary>Most variables have no flags and refer to others by name only; their analysis is the scan of their text.</summary>
    private AnalysedVariable? PlainVariable(string name)
    {
        if (variables.GetUnexpanded(name) is not { } text) return new(name, null, []);
        var scan = settings.ReferencesIn(text);
        if (!scan.IsPlain || !ReferenceCollector.AreSettled(variables, scan.Names)) return null;
        return new(name, text, scan.Names.Any(settings.IgnoredVariables.Contains) ? Without(scan.Names, s_nothing) : scan.Names);
    }

    private AnalysedVariable OfVariable(string name, ImmutableArray<string> flags)
    {
        var exclusions = FlagOf("vardepsexclude") is { } excluded ? WordList.Of(excluded).ToHashSet(StringComparer.Ordinal) : s_nothing;
        var dependencies = new HashSet<string>(StringComparer.Ordinal);
        var text = FlagOf("vardepvalue") ?? TextOf(name, FlagOf, dependencies, exclusions);
        foreach (var piece in (flags.Contains("vardepvalueexclude") ? variables.GetFlagUnexpanded(name, "vardepvalueexclude") ?? "" : "").Split('|', StringSplitOptions.RemoveEmptyEntries))
            text = text?.Replace(piece, "", StringComparison.Ordinal);

        if (_excludedFlags.Count > 0) dependencies.UnionWith(flags.Where(f => !_excludedFlags.Contains(f)).Select(f => $"{name}[{f}]"));
        dependencies.UnionWith(WordList.Of(FlagOf("vardeps")));
        return new(name, text, Without(dependencies, exclusions));

        string? FlagOf(string flag) => flags.IsEmpty || !flags.Contains(flag) ? null : variables.GetFlag(name, flag);
    }

    private string? TextOf(string name, Func<string, string?> flagOf, HashSet<string> dependencies, HashSet<string> exclusions)
    {
        var text = variables.GetUnexpanded(name);
        var isFunction = flagOf("func") is { Length: > 0 };
        var isPython = isFunction && flagOf("python") is { Length: > 0 };
        var references = new ReferenceCollector(variables, settings);
        if (isPython) references.Add(ExpressionReferences.Of(PythonOf(name, text ?? "")));
        else if (text is not null) references.Collect(text);
        dependencies.UnionWith(references.Names);
        dependencies.UnionWith(references.Functions.Where(IsKnown));

        // BitBake reads every variable it meets, so one that cannot be expanded is found here and not in the middle of a build.
        var value = text is not null && !isPython && text.Contains("${", StringComparison.Ordinal) ? variables.Get(name) : text;
        if (isFunction && !isPython)
        {
            AddCommands(value ?? "", dependencies);
            dependencies.UnionWith(Exported);
        }
        if (isFunction)
            foreach (var list in s_functionLists) dependencies.UnionWith(WordList.Of(flagOf(list)));

        var hashed = WithWordTests(text, references.WordTests, exclusions);
        if (!isPython) hashed = WithRemoves(name, text, hashed, dependencies, exclusions);
        return hashed;
    }

    private bool IsKnown(string name) => (_names ??= new(_allNames, StringComparer.Ordinal)).Contains(name);

    /// <summary>A <c>def</c> is kept with its header, a Python task is only its body.</summary>
    private static PythonFunction PythonOf(string name, string text)
    {
        var body = text.StartsWith("def ", StringComparison.Ordinal) && text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[(end + 1)..] : text;
        return new(name, "", body, default);
    }

    private void AddCommands(string shell, HashSet<string> dependencies)
    {
        var commands = settings.CommandsIn(shell);
        dependencies.UnionWith(commands.Plain.Where(IsKnown));
        if (!exact) dependencies.UnionWith(commands.Hidden.Where(IsKnown));
    }

    /// <summary>A condition on words counts by its outcome, so a word that nobody asks for changes no key.</summary>
    private string? WithWordTests(string? text, IEnumerable<(string Variable, string Words)> tests, HashSet<string> exclusions)
    {
        StringBuilder? result = null;
        foreach (var (variable, wanted) in tests)
        {
            if (exclusions.Contains(variable) || settings.IgnoredVariables.Contains(variable)) continue;
            var words = WordList.Of(variables.Get(variable));
            var outcome = WordList.Of(wanted).All(words.Contains) ? "Set" : "Unset";
            result = (result ?? new StringBuilder(text)).Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{variable}{{{wanted}}} = {outcome}");
        }
        return result?.ToString() ?? text;
    }

    private string? WithRemoves(string name, string? text, string? hashed, HashSet<string> dependencies, HashSet<string> exclusions)
    {
        var removes = variables.ActiveRemoves(name);
        if (text is null || removes.IsEmpty) return hashed;
        var words = WordList.Of(variables.Expand(text)).ToHashSet(StringComparer.Ordinal);
        foreach (var remove in removes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!WordList.Of(variables.Expand(remove)).Any(words.Contains)) continue;
            var references = new ReferenceCollector(variables, settings);
            references.Collect(remove);
            dependencies.UnionWith(references.Names);
            hashed = WithWordTests($"{hashed}\n_remove of {remove}", references.WordTests, exclusions);
        }
        return hashed;
    }

    private ImmutableArray<string> Without(IEnumerable<string> names, HashSet<string> exclusions) =>
        [.. names.Where(n => !exclusions.Contains(n) && !settings.IgnoredVariables.Contains(n)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
