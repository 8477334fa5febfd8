using System.Collections.Frozen;
using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>Python's built-in functions and types.</summary>
internal static class Builtins
{
    private static readonly FrozenDictionary<string, object> s_table = Table();

    private static readonly FrozenDictionary<string, string> s_impure = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["open"] = "reads the disk",
        ["input"] = "reads the terminal",
        ["id"] = "gives an address",
        ["hash"] = "gives a number that differs from run to run",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_refused = FrozenSet.Create(
        StringComparer.Ordinal,
        "bytearray", "breakpoint", "classmethod", "compile", "complex", "delattr", "dir", "eval", "exec", "getattr", "globals", "hasattr", "help", "issubclass",
        "locals", "memoryview", "object", "property", "setattr", "staticmethod", "super", "vars", "__import__");

    /// <summary>The built-in of this name, or null. One that Strata does not run is an error already when it is named.</summary>
    public static object? Find(string name)
    {
        if (s_table.TryGetValue(name, out var known)) return known;
        if (s_impure.TryGetValue(name, out var why)) throw Fail.Impure($"{name}()", why);
        if (s_refused.Contains(name)) throw Fail.Unsupported($"{name}()");
        return ExceptionTypes.FindBuiltin(name);
    }

    /// <summary>Whether Python itself gives this name a meaning.</summary>
    public static bool IsKnown(string name) =>
        s_table.ContainsKey(name) || s_impure.ContainsKey(name) || s_refused.Contains(name) || ExceptionTypes.FindBuiltin(name) is not null;

    private static FrozenDictionary<string, object> Table()
    {
        var table = new Dictionary<string, object>(StringComparer.Ordinal);
        AddTypes(table);
        AddIteration(table);
        AddNumbers(table);
        Function("ascii", a => Texts.Ascii(a.Positional(1, 1)[0]));
        Function("callable", a => a.Positional(1, 1)[0] is FunctionValue or BuiltinFunction or BoundMethod or TypeValue or ExceptionType);
        Function("chr", a => Chr(Numbers.Index(a.Positional(1, 1)[0])));
        Function("format", a => FormatSpec.Format(a.Positional(1, 2)[0], a.Count > 1 ? a.Text(1) : ""));
        Function("isinstance", a => IsInstance(a.Positional(2, 2)[0], a[1]));
        Function("len", a => CallArguments.Integer(Iteration.Length(a.Positional(1, 1)[0])));
        Function("ord", a => Ord(a.Positional(1, 1)[0]));
        Function("print", a => a.Named.All(n => n.Name is "sep" or "end" or "file" or "flush") ? None.Value : throw Fail.Type("print() got an unexpected keyword argument"));
        Function("repr", a => Texts.Repr(a.Positional(1, 1)[0]));
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Function(string name, Body body) => table[name] = new BuiltinFunction(name, body);
    }

    private static void AddTypes(Dictionary<string, object> table)
    {
        Type("str", a => Str(a));
        Type("int", a => Int(a));
        Type("float", a => a.Positional(0, 1).Count == 0 ? 0.0 : a[0] is string text ? Numbers.ParseFloat(text)
            : Numbers.IsNumber(a[0], out var number) ? number : throw Fail.Type($"float() argument must be a string or a real number, not '{Texts.TypeName(a[0])}'"));
        Type("bool", a => a.Positional(0, 1).Count > 0 && Iteration.IsTrue(a[0]));
        Type("list", a => new ListValue(Items(a)));
        Type("tuple", a => new TupleValue([.. Items(a)]));
        Type("set", a => new SetValue(Items(a)));
        Type("frozenset", a => new SetValue(Items(a), frozen: true));
        Type("dict", a => DictMethods.Update(new DictValue(), a));
        Type("range", a => Range(a));
        Type("slice", a => a.Positional(1, 3).Count == 1 ? new SliceValue(None.Value, a[0], None.Value) : new SliceValue(a[0], a[1], a.Count > 2 ? a[2] : None.Value));
        Type("bytes", a => a.Positional(0, 2).Count == 0 ? new BytesValue([]) : a[0] is string text && a.Count == 2 && BytesMethods.IsUtf8(a[1])
            ? new BytesValue([.. System.Text.Encoding.UTF8.GetBytes(text)]) : throw Fail.Unsupported("this use of bytes()"));
        Type("type", a => TypeOf(a.Positional(1, 1)[0]));

        void Type(string name, Body construct) => table[name] = new TypeValue(name, construct);
    }

    private static readonly TypeValue s_noneType = new("NoneType", _ => None.Value);

    private static IEnumerable<object> Items(CallArguments arguments) => arguments.Positional(0, 1).Count == 0 ? [] : arguments.Run.Iterate(arguments[0]);

    private static object Str(CallArguments arguments)
    {
        var values = arguments.Bind("object=", "encoding=", "errors=");
        if (values[1] is null && values[2] is null) return values[0] is null ? "" : Texts.Str(values[0]!);
        return values[0] is BytesValue bytes && BytesMethods.IsUtf8(values[1]) ? System.Text.Encoding.UTF8.GetString(bytes.Bytes.AsSpan()) : throw Fail.Unsupported("this use of str()");
    }

    private static object Int(CallArguments arguments)
    {
        var values = arguments.Bind("x=", "base=");
        if (arguments.Named.Any(n => n.Name == "x")) throw Fail.Type("int() got an unexpected keyword argument 'x'");
        if (values[1] is { } radix)
        {
            var number = Numbers.Index(radix);
            if (number != 0 && number is < 2 or > 36) throw Fail.Value("int() base must be >= 2 and <= 36, or 0");
            return values[0] is string digits ? Numbers.ParseInt(digits, number) : throw Fail.Type("int() can't convert non-string with explicit base");
        }
        return values[0] switch
        {
            null => BigInteger.Zero,
            string text => Numbers.ParseInt(text, 10),
            double real => Numbers.Truncated(real),
            var other => Numbers.IsInteger(other, out var whole) ? whole
                : throw Fail.Type($"int() argument must be a string, a bytes-like object or a real number, not '{Texts.TypeName(other)}'"),
        };
    }

    private static object Range(CallArguments arguments)
    {
        long Part(int index) => Numbers.IsInteger(arguments[index], out var number) && BigInteger.Abs(number) < long.MaxValue / 4 ? (long)number
            : Numbers.IsInteger(arguments[index], out _) ? throw Operators.TooLarge() : throw Fail.Type($"'{Texts.TypeName(arguments[index])}' object cannot be interpreted as an integer");

        if (arguments.Positional(1, 3).Count == 1) return new RangeValue(0, Part(0), 1);
        var step = arguments.Count > 2 ? Part(2) : 1;
        return step == 0 ? throw Fail.Value("range() arg 3 must not be zero") : new RangeValue(Part(0), Part(1), step);
    }

    private static object TypeOf(object value) => value switch
    {
        None => s_noneType,
        ExceptionValue exception => ExceptionTypes.Get(exception.Kind),
        _ => s_table.TryGetValue(Texts.TypeName(value), out var type) && type is TypeValue ? type : throw Fail.Unsupported($"the type of a {Texts.TypeName(value)}"),
    };

    private static bool IsInstance(object value, object types) => types switch
    {
        TupleValue tuple => tuple.Items.Any(t => IsInstance(value, t)),
        TypeValue { Name: "int" } => value is BigInteger or bool,
        TypeValue type => Texts.TypeName(value) == type.Name,
        ExceptionType type => value is ExceptionValue exception && ExceptionTypes.Matches(exception.Kind, type),
        _ => throw Fail.Type("isinstance() arg 2 must be a type, a tuple of types, or a union"),
    };

    private static string Chr(int code) => code switch
    {
        < 0 or > 0x10FFFF => throw Fail.Value("chr() arg not in range(0x110000)"),
        >= 0xD800 and < 0xE000 => ((char)code).ToString(),
        _ => char.ConvertFromUtf32(code),
    };

    /// <summary>The character with this code, for the formats that print one.</summary>
    public static string Character(BigInteger code) =>
        code.Sign >= 0 && code <= 0x10FFFF ? Chr((int)code) : throw new ExpressionException("OverflowError", "%c arg not in range(0x110000)");

    private static object Ord(object value)
    {
        if (value is not string text) throw Fail.Type($"ord() expected string of length 1, but {Texts.TypeName(value)} found");
        if (CodePoints.Length(text) != 1) throw Fail.Type($"ord() expected a character, but string of length {CodePoints.Length(text)} found");
        return CallArguments.Integer(text.Length == 2 ? char.ConvertToUtf32(text, 0) : text[0]);
    }

    private static void AddIteration(Dictionary<string, object> table)
    {
        Function("all", a => a.Run.Iterate(a.Positional(1, 1)[0]).All(Iteration.IsTrue));
        Function("any", a => a.Run.Iterate(a.Positional(1, 1)[0]).Any(Iteration.IsTrue));
        Function("enumerate", a => Enumerate(a));
        Function("filter", a => new IteratorValue("filter", a.Run.Iterate(Walkable(a.Positional(2, 2)[1])).Where(i => Iteration.IsTrue(a[0] is None ? i : a.Run.Invoke(a[0], i)))));
        Function("iter", a => a.Positional(1, 1)[0] is IteratorValue own ? own : new IteratorValue("iterator", a.Run.Iterate(Walkable(a[0]))));
        Function("map", a => Map(a));
        Function("max", a => Extreme(a, 1));
        Function("min", a => Extreme(a, -1));
        Function("next", a => a.Positional(1, 2)[0] is not IteratorValue iterator ? throw Fail.Type($"'{Texts.TypeName(a[0])}' object is not an iterator")
            : iterator.Next() ?? (a.Count > 1 ? a[1] : throw new ExpressionException("StopIteration", "")));
        Function("reversed", a => a.Positional(1, 1)[0] is SetValue or IteratorValue or None or BigInteger or bool or double ? throw Fail.Type($"'{Texts.TypeName(a[0])}' object is not reversible")
            : new IteratorValue("reversed", Iteration.Of(a[0]).Reverse()));
        Function("sorted", a => new ListValue(ListMethods.Sort(a.Count == 1 ? a.Run.Iterate(a[0]) : throw Fail.Type($"sorted expected 1 argument, got {a.Count}"), a)));
        Function("sum", a => Sum(a));
        Function("zip", a => Zip(a));

        void Function(string name, Body body) => table[name] = new BuiltinFunction(name, body);
    }

    /// <summary>Complains at once about what cannot be walked, as Python does, not first when it is.</summary>
    private static object Walkable(object value)
    {
        if (value is not IteratorValue) _ = Iteration.Of(value);
        return value;
    }

    private static IteratorValue Enumerate(CallArguments arguments)
    {
        var values = arguments.Bind("iterable", "start=");
        var start = values[1] is { } given ? Numbers.Index(given) : 0;
        return new("enumerate", arguments.Run.Iterate(Walkable(values[0]!)).Select((item, index) => (object)TupleValue.Of(CallArguments.Integer(index + start), item)));
    }

    private static IteratorValue Map(CallArguments arguments)
    {
        if (arguments.Count < 2) throw Fail.Type("map() must have at least two arguments.");
        var rows = Rows([.. arguments.All.Skip(1).Select(Walkable)], arguments.Run, strict: false);
        return new("map", rows.Select(row => arguments.Run.Invoke(arguments[0], [.. row])));
    }

    private static IteratorValue Zip(CallArguments arguments)
    {
        var strict = arguments.Named.Any(n => n.Name == "strict" && Iteration.IsTrue(n.Value));
        if (arguments.Named.Any(n => n.Name != "strict")) throw Fail.Type("zip() got an unexpected keyword argument");
        return new("zip", Rows([.. arguments.All.Select(Walkable)], arguments.Run, strict).Select(row => (object)new TupleValue([.. row])));
    }

    /// <summary>One item of each at a time, until one has no more.</summary>
    private static IEnumerable<List<object>> Rows(List<object> sources, Interpreter run, bool strict)
    {
        var walks = sources.Select(s => run.Iterate(s).GetEnumerator()).ToList();
        while (walks.Count > 0)
        {
            var row = new List<object>(walks.Count);
            foreach (var walk in walks)
                if (walk.MoveNext()) row.Add(walk.Current);
                else if (strict && (row.Count > 0 || walks.Skip(1).Any(w => w.MoveNext()))) throw Fail.Value("zip() arguments have different lengths");
                else yield break;
            yield return row;
        }
    }

    private static object Extreme(CallArguments arguments, int direction)
    {
        var key = arguments.Named.FirstOrDefault(n => n.Name == "key").Value ?? None.Value;
        var fallback = arguments.Named.FirstOrDefault(n => n.Name == "default").Value;
        if (arguments.Named.Any(n => n.Name is not ("key" or "default"))) throw Fail.Type($"{arguments.Function}() got an unexpected keyword argument");
        if (arguments.Count == 0) throw Fail.Type($"{arguments.Function} expected at least 1 argument, got 0");
        object? best = null, bestKey = null;
        foreach (var item in arguments.Count == 1 ? arguments.Run.Iterate(arguments[0]) : arguments.All)
        {
            var itemKey = key is None ? item : arguments.Run.Invoke(key, item);
            if (bestKey is not null && Operators.Order(direction > 0 ? ">" : "<", itemKey, bestKey) * direction <= 0) continue;
            (best, bestKey) = (item, itemKey);
        }
        return best ?? fallback ?? throw Fail.Value($"{arguments.Function}() iterable argument is empty");
    }

    private static object Sum(CallArguments arguments)
    {
        var values = arguments.Bind("iterable", "start=");
        var total = values[1] ?? BigInteger.Zero;
        if (total is string) throw Fail.Type("sum() can't sum strings [use ''.join(seq) instead]");
        var items = arguments.Run.Iterate(values[0]!).ToList();

        // Python adds floats with compensation since 3.12; where that could show, the value would depend on its version.
        if (items.Count > 2 && items.Any(i => i is double)) throw Fail.Unsupported("the sum of more than two floats");
        return items.Aggregate(total, (sum, item) => Operators.Binary("+", sum, item, arguments.Run));
    }

    private static void AddNumbers(Dictionary<string, object> table)
    {
        Function("abs", a => a.Positional(1, 1)[0] is double real ? Math.Abs(real) : Numbers.IsInteger(a[0], out var whole) ? BigInteger.Abs(whole)
            : throw Fail.Type($"bad operand type for abs(): '{Texts.TypeName(a[0])}'"));
        Function("bin", a => Prefixed(a, "0b", 2));
        Function("divmod", a => TupleValue.Of(Operators.Binary("//", a.Positional(2, 2)[0], a[1], a.Run), Operators.Binary("%", a[0], a[1], a.Run)));
        Function("hex", a => Prefixed(a, "0x", 16));
        Function("oct", a => Prefixed(a, "0o", 8));
        Function("pow", a => a.Positional(2, 3).Count == 2 ? Operators.Binary("**", a[0], a[1], a.Run) : ModularPower(a));
        Function("round", a => Round(a));

        void Function(string name, Body body) => table[name] = new BuiltinFunction(name, body);
    }

    private static object ModularPower(CallArguments arguments)
    {
        if (!Numbers.IsInteger(arguments[0], out var value) || !Numbers.IsInteger(arguments[1], out var exponent) || !Numbers.IsInteger(arguments[2], out var modulus))
            throw Fail.Type("pow() 3rd argument not allowed unless all arguments are integers");
        if (modulus.IsZero) throw Fail.Value("pow() 3rd argument cannot be 0");
        if (exponent.Sign < 0) throw Fail.Unsupported("pow() with a modulus and a negative exponent");
        return Numbers.FloorDivide(BigInteger.ModPow(value, exponent, modulus), modulus).Remainder;
    }

    private static string Prefixed(CallArguments arguments, string prefix, int radix)
    {
        if (!Numbers.IsInteger(arguments.Positional(1, 1)[0], out var number)) throw Fail.Type($"'{Texts.TypeName(arguments[0])}' object cannot be interpreted as an integer");
        return (number.Sign < 0 ? "-" : "") + prefix + FormatSpec.Digits(BigInteger.Abs(number), radix);
    }

    private static object Round(CallArguments arguments)
    {
        var values = arguments.Bind("number", "ndigits=");
        var places = values[1] is null or None ? (int?)null : Numbers.Index(values[1]!);
        if (values[0] is double real)
        {
            if (places is { } count) return count > 300 || !double.IsFinite(real) ? real : count < 0 ? Numbers.RoundToTens(real, -count) : double.Parse(Numbers.Fixed(real, count), System.Globalization.CultureInfo.InvariantCulture);
            return Numbers.Truncated(Math.Round(real, MidpointRounding.ToEven));
        }
        if (!Numbers.IsInteger(values[0]!, out var whole)) throw Fail.Type($"type {Texts.TypeName(values[0]!)} doesn't define __round__ method");
        if (places is null or >= 0) return whole;
        if (-places > 1000) return BigInteger.Zero;
        var unit = BigInteger.Pow(10, -places.Value);
        var (quotient, rest) = Numbers.FloorDivide(whole, unit);
        return (rest * 2 > unit || (rest * 2 == unit && !quotient.IsEven) ? quotient + 1 : quotient) * unit;
    }
}
