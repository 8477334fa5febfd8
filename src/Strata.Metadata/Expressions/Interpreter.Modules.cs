namespace Strata.Metadata.Expressions;

/// <content>Modules: those of Python and BitBake are built in, those of layers are read.</content>
internal sealed partial class Interpreter
{
    /// <summary>The layers' modules that this evaluation has touched. None outlives it, so what they remember is never seen by another.</summary>
    private readonly Dictionary<string, Frame> _modules = new(StringComparer.Ordinal);

    private object Member(ModuleValue module, string name)
    {
        var path = $"{module.Path}.{name}";
        if (Modules.Find(path) is { } known) return known;
        if (Scope.FindModule(path) is not null) return new ModuleValue(path);
        if (Scope.FindModule(module.Path) is not { } source) throw Modules.Refused(path);
        return FrameOf(source).Names.TryGetValue(name, out var value) ? value : throw Fail.Unsupported(path);
    }

    /// <summary>Imports never fail: what is behind them is judged when it is used.</summary>
    private object Import(string path)
    {
        if (Modules.Find(path) is { } known) return known;
        var end = path.LastIndexOf('.');
        var isMember = end > 0 && Scope.FindModule(path) is null && Scope.FindModule(path[..end]) is not null;
        return isMember ? Member(new(path[..end]), path[(end + 1)..]) : new ModuleValue(path);
    }

    /// <summary>
    /// The names of a module after its statements. A statement that cannot be evaluated leaves its names unbound, and using them is refused.
    /// </summary>
    private Frame FrameOf(PythonModule module)
    {
        if (_modules.TryGetValue(module.Name, out var known)) return known;
        var frame = _modules[module.Name] = new(null, null, seesVariables: false, seesDatastore: false) { IsInModule = true };
        var (outerFrame, outerPlace) = (_frame, _at);
        _frame = frame;
        try
        {
            foreach (var statement in ParseCache.Module(module)) TryExecute(statement);
        }
        finally
        {
            (_frame, _at) = (outerFrame, outerPlace);
        }
        return frame;
    }

    private void TryExecute(Statement statement)
    {
        try
        {
            Step();
            _ = Execute(statement);
        }
        catch (ExpressionException e) when (e.Kind is not ExpressionException.TooLong)
        {
            foreach (var name in BoundNames.Of([], [statement])) _ = _frame.Names.Remove(name);
        }
    }
}
