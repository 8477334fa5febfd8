using System.Globalization;
using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>What a call passes to a function implemented in C#, with Python's complaints where it does not fit.</summary>
internal sealed class CallArguments(Interpreter run, string function, IReadOnlyList<object> positional, IReadOnlyList<(string Name, object Value)> named)
{
    public Interpreter Run { get; } = run;

    /// <summary>That of the datastore among the arguments, which may be a copy; else the expression's own.</summary>
    public IExpressionScope Scope
    {
        get
        {
            foreach (var argument in All)
                if (argument is DatastoreValue { Copy: { } copy }) return copy;
            foreach (var (_, argument) in Named)
                if (argument is DatastoreValue { Copy: { } copy }) return copy;
            return Run.Scope;
        }
    }

    public string Function { get; } = function;

    public IReadOnlyList<object> All { get; } = positional;

    public IReadOnlyList<(string Name, object Value)> Named { get; } = named;

    public int Count => All.Count;

    public object this[int index] => All[index];

    /// <summary>Demands between so many positional arguments and no named ones.</summary>
    public CallArguments Positional(int least, int most)
    {
        if (Named.Count > 0) throw Fail.Type($"{Function}() takes no keyword arguments");
        if (Count >= least && Count <= most) return this;
        var wanted = least == most ? $"exactly {Number(least)}" : Count < least ? $"at least {Number(least)}" : $"at most {Number(most)}";
        throw Fail.Type($"{Function}() takes {wanted} argument{(wanted.EndsWith(" 1", StringComparison.Ordinal) ? "" : "s")} ({Number(Count)} given)");

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Puts positional and named arguments into the order of these names; null where nothing was given. "name=" is optional.</summary>
    public object?[] Bind(params ReadOnlySpan<string> names)
    {
        if (Count > names.Length) throw Fail.Type($"{Function}() takes {names.Length} positional arguments but {Count} were given");
        var values = new object?[names.Length];
        for (var i = 0; i < Count; i++) values[i] = All[i];
        foreach (var (name, value) in Named)
        {
            var index = -1;
            for (var i = 0; i < names.Length; i++)
                if (names[i].AsSpan().TrimEnd('=').SequenceEqual(name)) index = i;
            if (index < 0) throw Fail.Type($"{Function}() got an unexpected keyword argument '{name}'");
            if (values[index] is not null) throw Fail.Type($"{Function}() got multiple values for argument '{name}'");
            values[index] = value;
        }
        for (var i = 0; i < names.Length; i++)
            if (values[i] is null && !names[i].EndsWith('=')) throw Fail.Type($"{Function}() missing required argument: '{names[i]}'");
        return values;
    }

    public string Text(int index) => Text(All[index]);

    public string Text(object? value) =>
        value as string ?? throw Fail.Type($"{Function}() argument must be str, not {Texts.TypeName(value ?? None.Value)}");

    /// <summary>The argument as an integer, or a fallback where none was given.</summary>
    public int Index(int index, int fallback) => index < Count ? Numbers.Index(All[index]) : fallback;

    public static object Integer(long value) => new BigInteger(value);
}
