using System.Collections.Frozen;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>
/// The dependency analysis of BitBake's signatures over one set of variables; every name is analysed once. Not for several threads;
/// made for being used again with other variables, since its tables are as long as there are names.
/// </summary>
internal sealed class VariableAnalysis(KeySettings settings)
{
    private readonly List<int> _analysed = [];
    private readonly List<AnalysedVariable> _closure = [];
    private readonly List<int> _found = [];
    private AnalysedVariable?[] _known = [];

    /// <summary>By name: the latest walk that came by.</summary>
    private int[] _walks = [];
    private int _walk;
    private Datastore _variables = new();
    private FrozenSet<string> _excludedFlags = [];
    private int[]? _exported;
    private VariableReader? _reader;

    public Datastore Variables => _variables;

    public void Begin(Datastore variables)
    {
        foreach (var number in _analysed) _known[number] = null;
        _analysed.Clear();
        (_variables, _excludedFlags, _exported, _reader) = (variables, settings.ExcludedFlags(variables), null, null);
    }

    /// <exception cref="ExpansionException">A value that the name needs cannot be expanded.</exception>
    public AnalysedVariable Of(string name) => Of(settings.Names.Of(name));

    /// <summary>
    /// Everything that the name needs, near or far, in no order. The name itself is in it only if it needs itself. Valid until the next question.
    /// </summary>
    /// <exception cref="ExpansionException">A value that the name needs cannot be expanded.</exception>
    public List<AnalysedVariable> Closure(string name)
    {
        _walk++;
        _closure.Clear();
        var exportsFollowed = false;
        Follow(Of(name));
        for (var i = 0; i < _closure.Count; i++) Follow(_closure[i]);
        return _closure;

        void Follow(AnalysedVariable variable)
        {
            foreach (var number in variable.Dependencies) Visit(number);
            if (!variable.UsesExports || exportsFollowed) return;
            exportsFollowed = true;
            foreach (var number in Exported) Visit(number);
        }

        void Visit(int number)
        {
            MakeRoom(number);
            if (_walks[number] == _walk) return;
            _walks[number] = _walk;
            _closure.Add(Of(number));
        }
    }

    /// <summary>Every variable that tasks get in their environment.</summary>
    private int[] Exported => _exported ??= [.. ExportedNames().Where(n => !settings.IgnoredVariables.Contains(n)).Select(settings.Names.Of)];

    private VariableReader Reader => _reader ??= new(_variables, settings, _excludedFlags, ExportedNames());

    private IEnumerable<string> ExportedNames() => _variables.NamesWithFlag("export").Where(n => Flags.IsOn(_variables, n, "export") && !Flags.IsOn(_variables, n, "unexport"));

    private AnalysedVariable Of(int number)
    {
        MakeRoom(number);
        return _known[number] ?? Remember(number, Analyse(settings.Names[number]));
    }

    private AnalysedVariable Remember(int number, AnalysedVariable variable)
    {
        MakeRoom(number);
        _analysed.Add(number);
        return _known[number] = variable;
    }

    private void MakeRoom(int number)
    {
        if (number < _known.Length) return;
        var size = Math.Max(1024, 2 * number);
        Array.Resize(ref _known, size);
        Array.Resize(ref _walks, size);
    }

    private AnalysedVariable Analyse(string name)
    {
        if (name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket)
            return Reader.OfFlag(name, name[..bracket], name[(bracket + 1)..^1]);

        var entry = _variables.Entry(name);
        if (settings.IsExact) Reader.RefuseForgottenDefault(name, entry);
        if (!entry.Removes.IsEmpty) return Reader.OfVariable(name);
        var shape = settings.Shapes.Find(name, entry, _excludedFlags);
        if (shape is null) settings.Shapes.Add(name, shape = new ShapeReader(name, entry, settings, _excludedFlags).Read());
        return shape.Variable is { } variable && (!settings.IsExact || (!shape.MustBeEvaluated && ReferenceCollector.AreSettled(_variables, shape.References)))
            ? OfShape(name, shape, variable)
            : Reader.OfVariable(name);
    }

    private AnalysedVariable OfShape(string name, VariableShape shape, AnalysedVariable variable)
    {
        foreach (var flag in shape.FlagVariables)
        {
            var number = settings.Names.Of(flag.Name);
            MakeRoom(number);
            if (_known[number] is null) _ = Remember(number, flag);
        }
        if (shape.IsSameEverywhere) return variable;

        // BitBake reads every variable it meets, so an expression that fails is found here and not in the middle of a build.
        if (shape.MustBeEvaluated) _ = _variables.Get(name);
        var text = Reader.WithOutcomes(variable.Text, shape.WordTests);
        var dependencies = Dependencies(shape, variable);
        if (!ReferenceEquals(text, variable.Text)) return new(name, text, dependencies, variable.UsesExports);
        return ReferenceEquals(dependencies, variable.Dependencies) ? variable : new(variable, dependencies);
    }

    private int[] Dependencies(VariableShape shape, AnalysedVariable variable)
    {
        if (shape.Candidates.IsEmpty && !shape.MustBeExpanded) return variable.Dependencies;
        _found.Clear();
        foreach (var name in shape.Candidates)
            if (_variables.Contains(name)) _found.Add(settings.Names.Of(name));
        if (shape.MustBeExpanded)
            foreach (var command in Reader.CommandsOf(variable.Name, variable.Text!))
                if (!settings.IgnoredVariables.Contains(command)) _found.Add(settings.Names.Of(command));
        return _found.Count == 0 ? variable.Dependencies : [.. variable.Dependencies, .. _found];
    }
}
