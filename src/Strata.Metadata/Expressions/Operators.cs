using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>Python's binary and unary operators and comparisons.</summary>
internal static class Operators
{
    /// <summary>Nothing in metadata needs longer texts or lists; a slip of the pen would eat all memory.</summary>
    public const int MostItems = 1 << 24;

    public static object Binary(string name, object left, object right, Interpreter run) => name switch
    {
        "+" => Add(left, right),
        "-" => left is SetValue or DictView ? Sets.Operate(name, left, right) : Arithmetic(name, left, right),
        "*" => Multiply(left, right),
        "%" => left is string format ? PercentFormat.Format(format, right, run) : left is BytesValue ? throw Fail.Unsupported("'%' of bytes") : Arithmetic(name, left, right),
        "/" or "//" or "**" => Arithmetic(name, left, right),
        "&" or "|" or "^" => Bits(name, left, right),
        "<<" or ">>" => Shift(name, left, right),
        _ => throw NoSuchOperation(name, left, right),
    };

    private static ExpressionException NoSuchOperation(string name, object left, object right) =>
        Fail.Type($"unsupported operand type(s) for {name}: '{Texts.TypeName(left)}' and '{Texts.TypeName(right)}'");

    private static object Add(object left, object right)
    {
        switch (left, right)
        {
            case (string a, string b): return (long)a.Length + b.Length > MostItems ? throw TooLarge() : a + b;
            case (ListValue a, ListValue b): return new ListValue(a.Items.Concat(b.Items));
            case (TupleValue a, TupleValue b): return new TupleValue(a.Items.AddRange(b.Items));
            case (BytesValue a, BytesValue b): return new BytesValue(a.Bytes.AddRange(b.Bytes));
            case (string, _): throw Fail.Type($"can only concatenate str (not \"{Texts.TypeName(right)}\") to str");
            case (ListValue, _): throw Fail.Type($"can only concatenate list (not \"{Texts.TypeName(right)}\") to list");
            case (TupleValue, _): throw Fail.Type($"can only concatenate tuple (not \"{Texts.TypeName(right)}\") to tuple");
            default: return Arithmetic("+", left, right);
        }
    }

    public static ExpressionException TooLarge() => Fail.TooLong("the result is too long");

    private static object Multiply(object left, object right)
    {
        if (IsSequence(left) && Numbers.IsInteger(right, out _)) return Repeat(left, Numbers.Index(right));
        if (IsSequence(right) && Numbers.IsInteger(left, out _)) return Repeat(right, Numbers.Index(left));
        return IsSequence(left) ? throw Fail.Type($"can't multiply sequence by non-int of type '{Texts.TypeName(right)}'") : Arithmetic("*", left, right);
    }

    private static bool IsSequence(object value) => value is string or ListValue or TupleValue or BytesValue;

    private static object Repeat(object value, int count)
    {
        count = Math.Max(count, 0);
        if (Iteration.Length(value) * count > MostItems) throw TooLarge();
        return value switch
        {
            string text => CodePoints.Repeat(text, count),
            ListValue list => new ListValue(Enumerable.Repeat(list.Items, count).SelectMany(i => i)),
            TupleValue tuple => new TupleValue([.. Enumerable.Repeat(tuple.Items, count).SelectMany(i => i)]),
            BytesValue bytes => new BytesValue([.. Enumerable.Repeat(bytes.Bytes, count).SelectMany(i => i)]),
            _ => throw new NotSupportedException(),
        };
    }

    private static object Arithmetic(string name, object left, object right)
    {
        if (Numbers.IsInteger(left, out var m) && Numbers.IsInteger(right, out var n) && name != "/" && !(name == "**" && n.Sign < 0)) return Whole(name, m, n);
        return Numbers.IsNumber(left, out var x) && Numbers.IsNumber(right, out var y) ? Real(name, x, y) : throw NoSuchOperation(name, left, right);
    }

    private static object Whole(string name, BigInteger left, BigInteger right) => name switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left.GetBitLength() + right.GetBitLength() > 1 << 20 ? throw TooLarge() : left * right,
        "//" or "%" when right.IsZero => throw DividedByZero("integer division or modulo by zero"),
        "//" => Numbers.FloorDivide(left, right).Quotient,
        "%" => Numbers.FloorDivide(left, right).Remainder,
        _ => Numbers.Power(left, right),
    };

    private static ExpressionException DividedByZero(string message) => new("ZeroDivisionError", message);

    private static object Real(string name, double left, double right) => name switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" when right == 0 => throw DividedByZero("division by zero"),
        "//" or "%" when right == 0 => throw DividedByZero("float floor division or modulo by zero"),
        "/" => left / right,
        "//" => FloorDivide(left, right),
        "%" => Modulo(left, right),
        _ when left == 0 && right < 0 => throw DividedByZero("0.0 cannot be raised to a negative power"),
        _ when left < 0 && Math.Floor(right) != right => throw Fail.Unsupported("complex numbers"),
        _ => Math.Pow(left, right) is var power && double.IsInfinity(power) && double.IsFinite(left) && double.IsFinite(right)
            ? throw new ExpressionException("OverflowError", "Numerical result out of range") : power,
    };

    private static double FloorDivide(double left, double right)
    {
        // The quotient is nearly whole; rounding errors must not push it over the next number.
        var rest = left % right;
        var quotient = (left - rest) / right;
        if (rest != 0 && (right < 0) != (rest < 0)) quotient--;
        if (quotient == 0) return Math.CopySign(0.0, left / right);
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double Modulo(double left, double right)
    {
        var rest = left % right;
        if (rest == 0) return Math.CopySign(0.0, right);
        return (rest < 0) != (right < 0) ? rest + right : rest;
    }

    private static object Bits(string name, object left, object right)
    {
        if (left is bool a && right is bool b) return name switch { "&" => a && b, "|" => a || b, _ => a != b };
        if (Numbers.IsInteger(left, out var m) && Numbers.IsInteger(right, out var n)) return name switch { "&" => m & n, "|" => m | n, _ => m ^ n };
        if (name == "|" && left is DictValue first && right is DictValue second)
        {
            var merged = new DictValue();
            foreach (var (key, value) in first.Entries.Concat(second.Entries)) merged.Entries[key] = value;
            return merged;
        }
        return left is SetValue or DictView ? Sets.Operate(name, left, right) : throw NoSuchOperation(name, left, right);
    }

    private static object Shift(string name, object left, object right)
    {
        if (!Numbers.IsInteger(left, out var value) || !Numbers.IsInteger(right, out var count)) throw NoSuchOperation(name, left, right);
        if (name == "<<") return Numbers.ShiftLeft(value, count);
        return count.Sign < 0 ? throw Fail.Value("negative shift count") : value >> Numbers.Index(count);
    }

    public static object Unary(string name, object operand)
    {
        if (name == "not") return !Iteration.IsTrue(operand);
        if (operand is double real && name != "~") return name == "-" ? -real : real;
        if (Numbers.IsInteger(operand, out var whole)) return name switch { "-" => -whole, "+" => whole, _ => -whole - 1 };
        throw Fail.Type($"bad operand type for unary {name}: '{Texts.TypeName(operand)}'");
    }

    public static bool Compare(string name, object left, object right) => name switch
    {
        "==" => Equality.AreEqual(left, right),
        "!=" => !Equality.AreEqual(left, right),
        "is" => Same(left, right),
        "is not" => !Same(left, right),
        "in" => Contains(right, left),
        "not in" => !Contains(right, left),
        _ => Ordered(name, left, right),
    };

    /// <summary>Identity, for the kinds where Python promises one.</summary>
    private static bool Same(object left, object right)
    {
        if (left is None or bool || right is None or bool) return left.GetType() == right.GetType() && left.Equals(right);
        if (left is string or BigInteger or double or TupleValue or BytesValue && left.GetType() == right.GetType() && !ReferenceEquals(left, right) && Equality.AreEqual(left, right))
            throw Fail.Unsupported($"'is' between two equal values of type {Texts.TypeName(left)}");
        return ReferenceEquals(left, right) || (left is ModuleValue or ExceptionType && Equality.AreEqual(left, right));
    }

    public static bool Contains(object container, object item)
    {
        switch (container)
        {
            case string text:
                return item is string part ? text.Contains(part, StringComparison.Ordinal)
                    : throw Fail.Type($"'in <string>' requires string as left operand, not {Texts.TypeName(item)}");
            case DictValue dict:
                return Equality.IsHashable(item) && dict.Entries.ContainsKey(item);
            case DictView { Kind: DictViewKind.Keys } view:
                return Equality.IsHashable(item) && view.Dict.Entries.ContainsKey(item);
            case SetValue set:
                var wanted = item is SetValue { Frozen: false } inner ? new SetValue(inner.Items, frozen: true) : item;
                return Equality.IsHashable(wanted) && set.Items.Contains(wanted);
            case ListValue or TupleValue or DictView or RangeValue or IteratorValue or BytesValue:
                return Iteration.Of(container).Any(i => ReferenceEquals(i, item) || Equality.AreEqual(i, item));
            default:
                throw Fail.Type($"argument of type '{Texts.TypeName(container)}' is not iterable");
        }
    }

    private static bool Ordered(string name, object left, object right)
    {
        if ((left is SetValue or DictView) && (right is SetValue or DictView)) return Sets.Compare(name, left, right);
        if ((left is double.NaN || right is double.NaN) && Numbers.IsNumber(left, out _) && Numbers.IsNumber(right, out _)) return false;
        return Order(name, left, right) is var order && name switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    /// <summary>Below, equal or above zero; a TypeError for what has no order.</summary>
    public static int Order(string name, object left, object right)
    {
        switch (left, right)
        {
            case (string a, string b): return CodePoints.Compare(a, b);
            case (ListValue a, ListValue b): return OrderItems(name, a.Items, b.Items);
            case (TupleValue a, TupleValue b): return OrderItems(name, a.Items, b.Items);
            case (BytesValue a, BytesValue b): return a.Bytes.AsSpan().SequenceCompareTo(b.Bytes.AsSpan());
        }
        if (Numbers.IsInteger(left, out var m) && Numbers.IsInteger(right, out var n)) return m.CompareTo(n);
        if (Numbers.IsNumber(left, out var x) && Numbers.IsNumber(right, out var y)) return x.CompareTo(y);
        throw Fail.Type($"'{name}' not supported between instances of '{Texts.TypeName(left)}' and '{Texts.TypeName(right)}'");
    }

    private static int OrderItems(string name, IReadOnlyList<object> left, IReadOnlyList<object> right)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
            if (!Equality.AreEqual(left[i], right[i])) return Order(name, left[i], right[i]);
        return left.Count.CompareTo(right.Count);
    }
}
