using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Strata.Metadata.Expressions;

/// <summary>Names, attributes and calls.</summary>
internal sealed partial class Interpreter
{
    private const int DeepestCall = 200;

    private static readonly DatastoreValue s_datastore = new();

    private int _depth;

    /// <summary>The frame that a walrus inside a comprehension binds in.</summary>
    private Frame FunctionFrame
    {
        get
        {
            var frame = _frame;
            while (frame is { Locals: null, Outer: { } outer }) frame = outer;
            return frame;
        }
    }

    private bool IsBound(ReadOnlySpan<char> name)
    {
        for (var frame = _frame; frame is not null; frame = frame.Outer)
            if (frame.Names.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(name)) return true;
        return false;
    }

    /// <summary>Frames from the inside out, then metadata functions, modules and built-ins, then BitBake's variables.</summary>
    private object Lookup(string name)
    {
        for (var frame = _frame; frame is not null; frame = frame.Outer)
        {
            if (frame.Names.TryGetValue(name, out var value)) return value;
            if (frame.Locals?.Contains(name) == true)
                throw new ExpressionException("UnboundLocalError", $"cannot access local variable '{name}' where it is not associated with a value");
        }
        if (name == "d" && _frame.SeesDatastore) return s_datastore;
        if (_frame.IsInModule) return Modules.IsRoot(name) ? new ModuleValue(name) : Builtins.Find(name) ?? throw Fail.Unsupported($"'{name}' in a layer's library");
        if (Scope.FindFunction(name) is { } function) return Function(function);
        if (Modules.IsRoot(name) || Scope.FindModule(name) is not null) return new ModuleValue(name);
        if (Builtins.Find(name) is { } builtin) return builtin;
        if (_frame.SeesVariables && Scope.Get(name, expand: true) is { } text) return text;
        var hint = Modules.NeedsImport(name) ? $"; a 'def' can import {name}" : "";
        throw new ExpressionException("NameError", $"name '{name}' is not defined{hint}");
    }

    private static FunctionValue Function(PythonFunction source) => new(ParseCache.Function(source), default, null, source);

    private object Attribute(AttributeNode node)
    {
        var target = Evaluate(node.Target);
        _at = node.Offset;
        return target is ModuleValue module ? Member(module, node.Name) : Members.Get(target, node.Name);
    }

    private object Call(CallNode node)
    {
        if (node.Function is AttributeNode { Path: { } path } && Modules.FindFunction(path) is { } known
            && path[..path.IndexOf('.', StringComparison.Ordinal)] is var root && Modules.IsRoot(root) && !IsBound(root))
            return Call(node, null, known);
        if (node.Function is not AttributeNode attribute) return Call(node, null, Evaluate(node.Function));

        var target = Evaluate(attribute.Target);
        _at = attribute.Offset;
        if (target is ModuleValue module) return Call(node, null, Member(module, attribute.Name));
        return Members.FindMethod(target, attribute.Name) is { } method
            ? Call(node, target, (attribute.Name, method))
            : Call(node, null, Members.Get(target, attribute.Name));
    }

    private object Call(CallNode node, object? self, object function)
    {
        var positional = new List<object>(node.Arguments.Length);
        var named = (List<(string, object)>?)null;
        foreach (var argument in node.Arguments)
        {
            var value = Evaluate(argument.Value);
            if (argument is { Spread: false, Name: null }) positional.Add(value);
            else if (argument is { Spread: false, Name: { } name }) (named ??= []).Add((name, value));
            else if (argument.Name is null) positional.AddRange(Iterate(value));
            else if (value is DictValue dict) (named ??= []).AddRange(dict.Entries.Select(e => (e.Key as string ?? throw Fail.Type("keywords must be strings"), e.Value)));
            else throw Fail.Type("argument after ** must be a mapping");
        }
        _at = node.Offset;
        var others = named ?? (IReadOnlyList<(string, object)>)[];
        return self is not null && function is (string methodName, Method method)
            ? method(self, new(this, methodName, positional, others))
            : Invoke(function, positional, others);
    }

    /// <summary>Calls a value, whatever it is.</summary>
    public object Invoke(object function, IReadOnlyList<object> positional, IReadOnlyList<(string Name, object Value)> named)
    {
        Step();
        return function switch
        {
            BuiltinFunction builtin => builtin.Body(new(this, builtin.Name, positional, named)),
            BoundMethod bound => bound.Method(bound.Self, new(this, bound.Name, positional, named)),
            TypeValue type => type.Construct(new(this, type.Name, positional, named)),
            ExceptionType exception => new ExceptionValue(exception.Name, new([.. positional])),
            FunctionValue own => CallFunction(own, positional, named),
            _ => throw Fail.Type($"'{Texts.TypeName(function)}' object is not callable"),
        };
    }

    public object Invoke(object function, params object[] positional) => Invoke(function, positional, []);

    private FunctionValue Lambda(LambdaNode node)
    {
        var names = node.Parameters.Select(p => p.Name).ToFrozenSet(StringComparer.Ordinal);
        var code = new FunctionCode("<lambda>", node.Parameters, [new ReturnStatement(node.Body.Offset, node.Body)], names, IsGenerator: false);
        return new(code, Defaults(code), _frame, null);
    }

    private ImmutableArray<object?> Defaults(FunctionCode code) => [.. code.Parameters.Select(p => p.Default is null ? null : Evaluate(p.Default))];

    private object CallFunction(FunctionValue function, IReadOnlyList<object> positional, IReadOnlyList<(string Name, object Value)> named)
    {
        if (_depth >= DeepestCall || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ExpressionException("RecursionError", "maximum recursion depth exceeded");

        var (outerFrame, outerPlace) = (_frame, _at);
        _depth++;
        try
        {
            var sees = function.Source is null && function.Outer?.SeesDatastore == true;
            _frame = new(function.Outer, function.Code.Locals, seesVariables: false, sees);
            var defaults = function.Defaults.IsDefault ? Defaults(function.Code) : function.Defaults;
            Bind(function.Code, defaults, positional, named);
            return function.Code.IsGenerator ? Generator(function.Code) : RunBody(function.Code);
        }
        catch (ExpressionException exception) when (function.Source is not null && exception.Function is null)
        {
            Blame(exception, function.Source);
            throw;
        }
        finally
        {
            _depth--;
            (_frame, _at) = (outerFrame, outerPlace);
        }
    }

    private void Blame(ExpressionException exception, PythonFunction source)
    {
        if (exception.Offset < 0) exception.Offset = _at;
        exception.Function = source;
        exception.FunctionLine = 1 + source.Body.AsSpan(0, Math.Clamp(exception.Offset, 0, source.Body.Length)).Count('\n');
    }

    private void Bind(FunctionCode code, ImmutableArray<object?> defaults, IReadOnlyList<object> positional, IReadOnlyList<(string Name, object Value)> named)
    {
        var names = _frame.Names;
        var normal = code.Parameters.Where(p => p.Kind is ParameterKind.Normal).ToList();
        for (var i = 0; i < Math.Min(normal.Count, positional.Count); i++) names[normal[i].Name] = positional[i];
        if (code.Parameters.FirstOrDefault(p => p.Kind is ParameterKind.Rest) is { } rest)
            names[rest.Name] = new TupleValue([.. positional.Skip(normal.Count)]);
        else if (positional.Count > normal.Count)
            throw Fail.Type($"{code.Name}() takes {Number(normal.Count)} positional argument{(normal.Count == 1 ? "" : "s")} but {Number(positional.Count)} {(positional.Count == 1 ? "was" : "were")} given");

        var others = code.Parameters.FirstOrDefault(p => p.Kind is ParameterKind.NamedRest) is { } namedRest ? new DictValue() : null;
        if (others is not null) names[code.Parameters[^1].Name] = others;
        foreach (var (name, value) in named)
        {
            if (code.Parameters.Any(p => p.Name == name && p.Kind is ParameterKind.Normal or ParameterKind.NamedOnly && p.Name == name))
            {
                if (!names.TryAdd(name, value)) throw Fail.Type($"{code.Name}() got multiple values for argument '{name}'");
            }
            else if (others is not null) others.Entries[name] = value;
            else throw Fail.Type($"{code.Name}() got an unexpected keyword argument '{name}'");
        }
        for (var i = 0; i < code.Parameters.Length; i++)
        {
            var parameter = code.Parameters[i];
            if (names.ContainsKey(parameter.Name)) continue;
            names[parameter.Name] = defaults[i] ?? throw Fail.Type($"{code.Name}() missing 1 required argument: '{parameter.Name}'");
        }

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
