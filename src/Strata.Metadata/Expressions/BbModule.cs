using System.Numerics;
using System.Text.RegularExpressions;
using Strata.Core;

namespace Strata.Metadata.Expressions;

/// <summary>The functions of BitBake's own modules that only compute.</summary>
internal static partial class BbModule
{
    public static void AddTo(Dictionary<string, object> members)
    {
        Function("bb.utils.contains", a => Contains(a, any: false));
        Function("bb.utils.contains_any", a => Contains(a, any: true));
        Function("bb.utils.filter", a => Filter(a));
        Function("bb.utils.filter_string", a => a.Bind("val", "checkvalues") is var v && Iteration.IsTrue(v[0]!) ? Filtered(a.Text(v[0]), v[1]!, a) : "");
        Function("bb.utils.to_boolean", a => ToBoolean(a));
        Function("bb.utils.prune_suffix", a => PruneSuffix(a));
        Function("bb.utils.is_semver", a => SemanticVersion().IsMatch(a.Positional(1, 1).Text(0)));
        Function("bb.utils.split_version", a => Versions.Split(a.Positional(1, 1).Text(0)));
        Function("bb.utils.explode_version", a => Versions.Explode(a.Positional(1, 1).Text(0)));
        Function("bb.utils.vercmp_string", a => a.Bind("a", "b") is var v ? Versions.Compare(a.Text(v[0]), a.Text(v[1])) : None.Value);
        Function("bb.utils.vercmp_part", a => CallArguments.Integer(Versions.ComparePart(a.Positional(2, 2).Text(0), a.Text(1))));
        Function("bb.utils.vercmp", a => Versions.CompareSplit(a.Positional(2, 2)[0], a[1], a));
        Function("bb.utils.vercmp_string_op", a => CompareBy(a));
        Function("bb.utils.explode_deps", a => new ListValue(Dependencies.Names(a.Positional(1, 1).Text(0))));
        Function("bb.utils.explode_dep_versions2", a => a.Bind("s", "sort=") is var v ? Dependencies.Versions(a.Text(v[0]), v[1] is null || Iteration.IsTrue(v[1]!)) : None.Value);
        Function("bb.utils.explode_dep_versions", a => Dependencies.SingleVersions(a.Positional(1, 1).Text(0)));
        Function("bb.utils.join_deps", a => Dependencies.Join(a));
        Function("bb.parse.vars_from_file", a => VariablesFromFile(a));
        Function("bb.data.createCopy", a => a.Positional(1, 1)[0] is DatastoreValue ? DatastoreMethods.Copy(a.Scope) : throw Fail.Attribute(a[0], "createCopy"));
        Function("bb.build.tasksbetween", a => a.Bind("task_start", "task_end", "d") is var v ? TaskChains.Between(a.Text(v[0]), a.Text(v[1]), a.Scope) : None.Value);
        Function("bb.data.inherits_class", a => InheritsClass(a));
        foreach (var name in (ReadOnlySpan<string>)["bb.debug", "bb.verbnote"]) Function(name, _ => None.Value);      // not for the console
        foreach (var name in (ReadOnlySpan<string>)["bb.note", "bb.plain"]) Function(name, a => Report(a, Severity.Note));
        foreach (var name in (ReadOnlySpan<string>)["bb.warn", "bb.warnonce"]) Function(name, a => Report(a, Severity.Warning));
        foreach (var name in (ReadOnlySpan<string>)["bb.error", "bb.erroronce"]) Function(name, a => Report(a, Severity.Error));
        Function("bb.fatal", a => throw new ExpressionException("BBHandledException", Message(a)));
        members["bb.BBHandledException"] = ExceptionTypes.Get("BBHandledException");
        members["bb.parse.SkipRecipe"] = ExceptionTypes.Get("SkipRecipe");
        members["bb.parse.SkipPackage"] = ExceptionTypes.Get("SkipRecipe");
        members["bb.parse.ParseError"] = ExceptionTypes.Get("ParseError");
        members["bb.utils.VersionStringException"] = ExceptionTypes.Get("VersionStringException");

        void Function(string name, Body body) => members[name] = new BuiltinFunction(name, body);
    }

    /// <summary>An error is one of the load; the function goes on, as in BitBake.</summary>
    private static None Report(CallArguments arguments, Severity severity)
    {
        arguments.Scope.Report(severity, Message(arguments));
        return None.Value;
    }

    private static string Message(CallArguments arguments) => string.Concat(arguments.All.Select(Texts.Str));

    public static void NeedDatastore(CallArguments arguments, object? value)
    {
        if (value is not DatastoreValue) throw Fail.Attribute(value ?? None.Value, "getVar");
    }

    /// <summary>The words looked for: a text is split, anything else is walked.</summary>
    private static SetValue Wanted(object value, CallArguments arguments) =>
        value is string text ? new(CodePoints.Words(text)) : new(arguments.Run.Iterate(value));

    /// <summary>More than half of all expressions are this call, so the common form makes no sets.</summary>
    private static object Contains(CallArguments arguments, bool any)
    {
        var values = arguments.Bind("variable", "checkvalues", "truevalue", "falsevalue", "d");
        NeedDatastore(arguments, values[4]);
        return Contains(arguments.Text(values[0]), values[1]!, values[2]!, values[3]!, any, arguments);
    }

    public static object Contains(string name, object wanted, object whenTrue, object whenFalse, bool any, CallArguments arguments)
    {
        if (arguments.Scope.Get(name, expand: true) is not { Length: > 0 } value) return whenFalse;
        if (wanted is string words) return HasWords(value, words, any) ? whenTrue : whenFalse;
        var present = new SetValue(CodePoints.Words(value));
        var items = Wanted(wanted, arguments).Items;
        return (any ? items.Overlaps(present.Items) : items.IsSubsetOf(present.Items)) ? whenTrue : whenFalse;
    }

    private static bool HasWords(ReadOnlySpan<char> value, ReadOnlySpan<char> words, bool any)
    {
        var at = 0;
        while (CodePoints.NextWord(words, ref at) is { IsEmpty: false } word)
            if (HasWord(value, word) == any) return any;
        return !any;
    }

    private static bool HasWord(ReadOnlySpan<char> value, ReadOnlySpan<char> wanted)
    {
        var at = 0;
        while (CodePoints.NextWord(value, ref at) is { IsEmpty: false } word)
            if (word.SequenceEqual(wanted)) return true;
        return false;
    }

    private static string Filter(CallArguments arguments)
    {
        var values = arguments.Bind("variable", "checkvalues", "d");
        NeedDatastore(arguments, values[2]);
        return arguments.Scope.Get(arguments.Text(values[0]), expand: true) is { Length: > 0 } value ? Filtered(value, values[1]!, arguments) : "";
    }

    public static string Filtered(string value, object wanted, CallArguments arguments)
    {
        var present = CodePoints.Words(value).ToHashSet(StringComparer.Ordinal);
        return string.Join(' ', Wanted(wanted, arguments).Items.OfType<string>().Where(present.Contains).Order(CodePoints.Order));
    }

    private static object ToBoolean(CallArguments arguments)
    {
        var values = arguments.Bind("string", "default=");
        if (!Iteration.IsTrue(values[0]!)) return values[1] ?? None.Value;
        if (values[0] is bool or BigInteger) return true;
        return values[0] is not string text ? throw Fail.Attribute(values[0]!, "lower") : text.ToLowerInvariant() switch
        {
            "y" or "yes" or "1" or "true" => true,
            "n" or "no" or "0" or "false" => false,
            _ => throw Fail.Value($"Invalid value for to_boolean: {text}"),
        };
    }

    private static object PruneSuffix(CallArguments arguments)
    {
        var values = arguments.Bind("var", "suffixes", "d");
        var name = arguments.Text(values[0]);
        foreach (var suffix in arguments.Run.Iterate(values[1]!))
            if (arguments.Text(suffix) is { Length: > 0 } ending && name.EndsWith(ending, StringComparison.Ordinal)) return name[..^ending.Length];
        return name;
    }

    private static object CompareBy(CallArguments arguments)
    {
        var values = arguments.Bind("a", "b", "op");
        var order = ((BigInteger)Versions.Compare(arguments.Text(values[0]), arguments.Text(values[1]))).Sign;
        return values[2] switch
        {
            "=" or "==" => order == 0,
            "<=" => order <= 0,
            ">=" => order >= 0,
            ">" or ">>" => order > 0,
            "<" or "<<" => order < 0,
            "!=" => order != 0,
            var other => throw new ExpressionException("VersionStringException", $"Unsupported comparison operator \"{Texts.Str(other!)}\""),
        };
    }

    private static object VariablesFromFile(CallArguments arguments)
    {
        var values = arguments.Bind("mypkg", "d");
        if (!Iteration.IsTrue(values[0]!)) return TupleValue.Of(None.Value, None.Value, None.Value);
        var file = arguments.Text(values[0]);
        if (!file.EndsWith(".bb", StringComparison.Ordinal) && !file.EndsWith(".bbappend", StringComparison.Ordinal)) return TupleValue.Of(None.Value, None.Value, None.Value);
        var name = PathModule.SplitExtension(file[(file.LastIndexOf('/') + 1)..]).Root;
        var parts = new List<object>(name.Split('_'));
        if (parts.Count > 3) throw new ExpressionException("ParseError", "Unable to generate default variables from filename (too many underscores)");
        while (parts.Count < 3) parts.Add(None.Value);
        return new ListValue(parts);
    }

    /// <summary>Reads the paths of the inherited class files from the variable where BitBake keeps them, here joined by blanks.</summary>
    private static object InheritsClass(CallArguments arguments)
    {
        var values = arguments.Bind("klass", "d");
        NeedDatastore(arguments, values[1]);
        return Inherits(arguments, Texts.Str(values[0]!));
    }

    public static bool Inherits(CallArguments arguments, string name) =>
        CodePoints.Words(arguments.Scope.Get("__inherit_cache", expand: false) ?? "").Any(p => p.EndsWith($"/{name}.bbclass", StringComparison.Ordinal));

    [GeneratedRegex(@"\A(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$")]
    private static partial Regex SemanticVersion();
}
