using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

// Python values as .NET objects: None, bool, BigInteger, double and string stand for themselves, the rest is in this file.
// The kinds are a closed family; Texts.TypeName lists all of them.

/// <summary>Python's None.</summary>
internal sealed class None
{
    private None() { }

    public static None Value { get; } = new();
}

internal sealed class ListValue(IEnumerable<object> items)
{
    public List<object> Items { get; } = [.. items];

    /// <summary>What <c>str()</c> puts between the items of OpenEmbedded's typed lists; null for all others.</summary>
    public string? Separator { get; init; }
}

internal sealed class TupleValue(ImmutableArray<object> items)
{
    public static TupleValue Empty { get; } = new([]);

    public ImmutableArray<object> Items { get; } = items;

    public static TupleValue Of(params ReadOnlySpan<object> items) => new([.. items]);
}

/// <summary>A dictionary in order of insertion.</summary>
internal sealed class DictValue
{
    /// <summary>Whether it is Python's <c>OrderedDict</c>, which only its text tells from others.</summary>
    public bool IsOrderedDict { get; init; }

    public OrderedDictionary<object, object> Entries { get; } = new(Equality.Comparer);
}

/// <summary>
/// A set. Python leaves the order of strings in a set to chance; here it is sorted, so that a value never differs between runs.
/// </summary>
internal sealed class SetValue(IEnumerable<object> items, bool frozen = false)
{
    public HashSet<object> Items { get; } = new(items, Equality.Comparer);

    public bool Frozen { get; } = frozen;

    public IEnumerable<object> Ordered =>
        Items.All(i => i is string) ? Items.OrderBy(i => (string)i, CodePoints.Order)
        : Items.All(i => i is System.Numerics.BigInteger) ? Items.Order()
        : Items;
}

internal enum DictViewKind { Keys, Values, Items }

internal sealed record DictView(DictValue Dict, DictViewKind Kind)
{
    public IEnumerable<object> Items => Kind switch
    {
        DictViewKind.Keys => Iteration.Keys(Dict),
        DictViewKind.Values => Iteration.Keys(Dict).Select(k => Dict.Entries[k]),
        _ => Iteration.Keys(Dict).Select(k => TupleValue.Of(k, Dict.Entries[k])),
    };
}

internal sealed record RangeValue(long Start, long Stop, long Step)
{
    public long Length => Step > 0 ? Math.Max(0, (Stop - Start + Step - 1) / Step) : Math.Max(0, (Start - Stop - Step - 1) / -Step);
}

internal sealed record SliceValue(object Start, object Stop, object Step);

internal sealed class BytesValue(ImmutableArray<byte> bytes)
{
    public ImmutableArray<byte> Bytes { get; } = bytes;
}

/// <summary>A generator, or what map, filter, zip and their like give: can be walked once.</summary>
internal sealed class IteratorValue(string kind, IEnumerable<object> items)
{
    private readonly IEnumerator<object> _items = items.GetEnumerator();

    public string Kind { get; } = kind;

    public object? Next() => _items.MoveNext() ? _items.Current : null;
}

/// <summary>A module, known by its path; its members are in <see cref="Modules"/>.</summary>
internal sealed record ModuleValue(string Path);

/// <summary>A digest in the making, as <c>hashlib</c> gives it.</summary>
internal sealed record HashValue(System.Security.Cryptography.IncrementalHash Hash);

/// <summary>What <c>os.uname()</c> gives.</summary>
internal sealed record UnameValue(string Machine);

/// <summary>The datastore, called <c>d</c>.</summary>
internal sealed class DatastoreValue
{
    /// <summary>Python prints an address here; a result that contains this text is refused.</summary>
    public const string Text = "<bb.data_smart.DataSmart object at 0x0>";

    /// <summary>Null for the datastore itself; a copy may be changed, since nobody else sees it.</summary>
    public IWritableScope? Copy { get; init; }
}

/// <summary>A type such as <c>str</c>: can be called, compared and asked about by isinstance.</summary>
internal sealed class TypeValue(string name, Body construct)
{
    public string Name { get; } = name;

    public Body Construct { get; } = construct;
}

/// <summary>An exception type; <paramref name="Bases"/> from the nearest to <c>BaseException</c>.</summary>
internal sealed record ExceptionType(string Name, ImmutableArray<string> Bases);

internal sealed record ExceptionValue(string Kind, TupleValue Arguments);

/// <summary>What a function implemented in C# does.</summary>
internal delegate object Body(CallArguments arguments);

internal sealed record BuiltinFunction(string Name, Body Body);

/// <summary>A method with its receiver.</summary>
internal sealed record BoundMethod(object Self, string Name, Method Method);

internal delegate object Method(object self, CallArguments arguments);

/// <summary>A lambda or <c>def</c> with the names it can see. <see cref="Source"/> is set for those that metadata defines.</summary>
internal sealed record FunctionValue(FunctionCode Code, ImmutableArray<object?> Defaults, Frame? Outer, PythonFunction? Source);

internal sealed record PatternValue(string Pattern, Pattern Compiled);

internal sealed record MatchValue(System.Text.RegularExpressions.Match Match, PatternValue Pattern, string Text);
