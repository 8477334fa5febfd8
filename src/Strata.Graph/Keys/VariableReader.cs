using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Strata.Graph.Shell;
using Strata.Metadata;
using Strata.Metadata.Expressions;

namespace Strata.Graph.Keys;

/// <summary>Analyses one variable of one recipe the long way, expanding what must be: for what no shape tells.</summary>
internal sealed class VariableReader(Datastore variables, KeySettings settings, FrozenSet<string> excludedFlags, IEnumerable<string> exported)
{
    private static readonly string[] s_functionLists = ["prefuncs", "postfuncs", "exports"];

    private static readonly HashSet<string> s_nothing = [];

    /// <summary>In the order in which BitBake's key has them, each once.</summary>
    public static IEnumerable<WordTest> Sorted(IEnumerable<WordTest> tests) =>
        tests.Distinct().OrderBy(t => t.Variable, StringComparer.Ordinal).ThenBy(t => t.Words, StringComparer.Ordinal);

    /// <summary>A <c>def</c> is kept with its header, a Python task is only its body.</summary>
    public static PythonFunction PythonOf(string name, string text)
    {
        var body = text.StartsWith("def ", StringComparison.Ordinal) && text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[(end + 1)..] : text;
        return new(name, "", body, default);
    }

    /// <exception cref="ExpansionException">A value that the flag needs cannot be expanded.</exception>
    public AnalysedVariable OfFlag(string full, string name, string flag)
    {
        if (flag == "vardepvalueexclude") return new(full, "", []);
        var text = variables.GetFlagUnexpanded(name, flag);
        if (text is null) return new(full, null, []);
        var references = new ReferenceCollector(variables, settings);
        references.Collect(text);
        if (settings.IsExact) _ = variables.GetFlag(name, flag);   // for BitBake a flag that cannot be expanded is an error, too
        return new(full, text, Numbers(references.Names.Concat(references.Functions.Where(variables.Contains)), s_nothing));
    }

    /// <exception cref="ExpansionException">A value that the variable needs cannot be expanded.</exception>
    public AnalysedVariable OfVariable(string name)
    {
        var flags = variables.FlagNames(name);
        var exclusions = FlagOf("vardepsexclude") is { } excluded ? WordList.Of(excluded).ToHashSet(StringComparer.Ordinal) : s_nothing;
        var dependencies = new HashSet<string>(StringComparer.Ordinal);
        var text = FlagOf("vardepvalue") ?? TextOf(name, FlagOf, dependencies, exclusions);
        foreach (var piece in (flags.Contains("vardepvalueexclude") ? variables.GetFlagUnexpanded(name, "vardepvalueexclude") ?? "" : "").Split('|', StringSplitOptions.RemoveEmptyEntries))
            text = text?.Replace(piece, "", StringComparison.Ordinal);

        if (excludedFlags.Count > 0) dependencies.UnionWith(flags.Where(f => !excludedFlags.Contains(f)).Select(f => $"{name}[{f}]"));
        dependencies.UnionWith(WordList.Of(FlagOf("vardeps")));
        return new(name, text, Numbers(dependencies, exclusions));

        string? FlagOf(string flag) => flags.IsEmpty || !flags.Contains(flag) ? null : variables.GetFlag(name, flag);
    }

    /// <summary>BitBake trips over a flag of its own that has a default and, assigned later, a value.</summary>
    /// <exception cref="ExpansionException">The variable has such a flag.</exception>
    public void RefuseForgottenDefault(string name, VariableEntry entry)
    {
        foreach (var flag in entry.Flags)
            if (flag is { Value: not null, Default: not null } && ShapeReader.ReadFlags.Contains(flag.Name)
                && variables.History(name).FirstOrDefault(a => a.Flag == flag.Name) is { Operator: "??=" } first)
                throw new ExpansionException(GraphRules.DefaultOfKeyFlag(first.Place, name, flag.Name));
    }

    /// <summary>The commands of a shell function that are functions or variables of the recipe.</summary>
    /// <exception cref="ExpansionException">The text is no shell.</exception>
    public IEnumerable<string> CommandsOf(string name, string text)
    {
        var isPlain = !text.Contains("${", StringComparison.Ordinal);
        var commands = isPlain ? settings.CommandsIn(text) : ShellCommands.In(variables.Expand(text));
        var problem = commands.Problem ?? (settings.IsExact ? commands.Refusal : null);
        if (problem is not null) throw new ExpansionException(GraphRules.NotShell(Places.Of(variables, name), name, problem));
        return (settings.IsExact ? commands.Plain : commands.Plain.Concat(commands.Hidden)).Where(variables.Contains);
    }

    /// <summary>A condition on words counts by its outcome, so a word that nobody asks for changes no key.</summary>
    public string? WithOutcomes(string? text, IEnumerable<WordTest> tests)
    {
        StringBuilder? result = null;
        foreach (var (variable, wanted) in tests)
        {
            var words = WordList.Of(variables.Get(variable));
            var outcome = WordList.Of(wanted).All(words.Contains) ? "Set" : "Unset";
            result = (result ?? new StringBuilder(text)).Append(CultureInfo.InvariantCulture, $"\n{variable}{{{wanted}}} = {outcome}");
        }
        return result?.ToString() ?? text;
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
        dependencies.UnionWith(references.Functions.Where(variables.Contains));

        // BitBake reads every variable it meets, so one that cannot be expanded is found here and not in the middle of a build.
        var value = text is not null && !isPython && text.Contains("${", StringComparison.Ordinal) ? variables.Get(name) : text;
        if (isFunction && !isPython)
        {
            dependencies.UnionWith(CommandsOf(name, value ?? ""));
            dependencies.UnionWith(exported);
        }
        if (isFunction)
            foreach (var list in s_functionLists) dependencies.UnionWith(WordList.Of(flagOf(list)));

        var hashed = WithWordTests(text, references.WordTests, exclusions);
        if (!isPython) hashed = WithRemoves(name, text, hashed, dependencies, exclusions);
        return hashed;
    }

    private string? WithWordTests(string? text, IEnumerable<WordTest> tests, HashSet<string> exclusions) =>
        WithOutcomes(text, Sorted(tests.Where(t => !exclusions.Contains(t.Variable) && !settings.IgnoredVariables.Contains(t.Variable))));

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

    private int[] Numbers(IEnumerable<string> names, HashSet<string> exclusions) =>
        [.. names.Where(n => !exclusions.Contains(n) && !settings.IgnoredVariables.Contains(n)).Distinct(StringComparer.Ordinal).Select(settings.Names.Of)];
}
