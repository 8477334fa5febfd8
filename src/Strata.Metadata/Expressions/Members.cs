using System.Collections.Frozen;
using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>Finds methods and attributes of values.</summary>
internal static class Members
{
    /// <summary>What Python has and Strata has not: an error about Strata, not about the metadata.</summary>
    private static readonly FrozenSet<string> s_known = FrozenSet.Create(
        StringComparer.Ordinal,
        "as_integer_ratio", "from_bytes", "fromhex", "hex", "to_bytes", "lastgroup", "lastindex", "expand", "scanner", "send", "close", "throw", "with_traceback");

    private static readonly FrozenDictionary<string, Method> s_integers = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["bit_count"] = (self, a) => CallArguments.Integer(FormatSpec.Digits(BigInteger.Abs(Whole(self, a)), 2).Count(d => d == '1')),
        ["bit_length"] = (self, a) => CallArguments.Integer(Whole(self, a) is { IsZero: false } whole ? FormatSpec.Digits(BigInteger.Abs(whole), 2).Length : 0),
        ["conjugate"] = (self, a) => Whole(self, a),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Method> s_reals = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["conjugate"] = (self, a) => a.Positional(0, 0) is var _ ? self : None.Value,
        ["is_integer"] = (self, a) => a.Positional(0, 0) is var _ && double.IsInteger((double)self),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static BigInteger Whole(object self, CallArguments? arguments = null)
    {
        _ = arguments?.Positional(0, 0);
        return Numbers.IsInteger(self, out var whole) ? whole : throw new NotSupportedException();
    }

    public static Method? FindMethod(object self, string name) => (Table(self)?.TryGetValue(name, out var method) ?? false) ? method : null;

    private static FrozenDictionary<string, Method>? Table(object self) => self switch
    {
        string => StringMethods.Table,
        BigInteger or bool => s_integers,
        double => s_reals,
        ListValue => ListMethods.Table,
        TupleValue => ListMethods.TupleTable,
        DictValue => DictMethods.Table,
        SetValue set => set.Frozen ? SetMethods.FrozenTable : SetMethods.Table,
        DatastoreValue datastore => datastore.Copy is null ? DatastoreMethods.Table : DatastoreMethods.CopyTable,
        HashValue => HashModule.Table,
        PatternValue => ReModule.PatternTable,
        MatchValue => ReModule.MatchTable,
        BytesValue => BytesMethods.Table,
        RangeValue => ListMethods.RangeTable,
        DictView => DictMethods.ViewTable,
        _ => null,
    };

    /// <summary>An attribute that is read, not called on the spot.</summary>
    public static object Get(object self, string name)
    {
        if (FindMethod(self, name) is { } method) return new BoundMethod(self, name, method);
        switch (self, name)
        {
            case (TypeValue type, _) when TypeTable(type)?.TryGetValue(name, out var unbound) == true:
                return new BuiltinFunction(name, a => a.Count == 0 ? throw Fail.Type($"unbound method {type.Name}.{name}() needs an argument")
                    : Texts.TypeName(a[0]) != type.Name ? throw Fail.Type($"descriptor '{name}' for '{type.Name}' objects doesn't apply to a '{Texts.TypeName(a[0])}' object")
                    : unbound(a[0], new(a.Run, name, [.. a.All.Skip(1)], a.Named)));
            case (TypeValue { Name: "str" }, "maketrans"):
                return new BuiltinFunction("maketrans", StringMethods.MakeTranslation);
            case (BigInteger or bool, "real" or "numerator"): return Whole(self);
            case (BigInteger or bool, "imag"): return BigInteger.Zero;
            case (BigInteger or bool, "denominator"): return BigInteger.One;
            case (double, "real"): return self;
            case (double, "imag"): return 0.0;
            case (TypeValue { Name: "dict" }, "fromkeys"):
                return new BuiltinFunction("fromkeys", DictMethods.FromKeys);
            case (TypeValue type, "__name__"): return type.Name;
            case (ExceptionType type, "__name__"): return type.Name;
            case (ExceptionValue exception, "args"): return exception.Arguments;
            case (PatternValue pattern, "pattern"): return pattern.Pattern;
            case (MatchValue match, "string"): return match.Text;
            case (MatchValue match, "re"): return match.Pattern;
            case (UnameValue uname, _): return HostModule.Field(uname, name);
            case (RangeValue range, "start"): return CallArguments.Integer(range.Start);
            case (RangeValue range, "stop"): return CallArguments.Integer(range.Stop);
            case (RangeValue range, "step"): return CallArguments.Integer(range.Step);
        }
        if (self is DatastoreValue) throw DatastoreMethods.Refused(name);
        throw name.StartsWith("__", StringComparison.Ordinal) || (self is not (string or None) && s_known.Contains(name))
            ? Fail.Unsupported($"'{name}' of a {Texts.TypeName(self)}")
            : Fail.Attribute(self, name);
    }

    private static FrozenDictionary<string, Method>? TypeTable(TypeValue type) => type.Name switch
    {
        "str" => StringMethods.Table,
        "list" => ListMethods.Table,
        "tuple" => ListMethods.TupleTable,
        "dict" => DictMethods.Table,
        "set" => SetMethods.Table,
        _ => null,
    };
}
