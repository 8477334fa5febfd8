using System.Globalization;
using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>The functions of OpenEmbedded's modules that only compute.</summary>
internal static class OeModule
{
    public static void AddTo(Dictionary<string, object> members)
    {
        AddChoices(members);
        AddSets(members);
        AddTexts(members);
        Function("oe.utils.inherits", a => a.All.Skip(1).Any(c => BbModule.Inherits(a, Texts.Str(c))));
        Function("oe.utils.parallel_make", a => a.Bind("d", "makeinst=") is var v ? ParallelMake(a, v[1]) : None.Value);
        Function("oe.utils.parallel_make_argument", a => ParallelMakeArgument(a));
        Function("oe.utils.all_multilib_tune_values", a => MultilibTuneValues(a));
        Function("oe.data.typed_value", a => a.Bind("key", "d") is var v ? TypedValue(a, a.Text(v[0])) : None.Value);
        Function("oe.utils.cpu_count", a => CpuCount(a));
        AddTypes(members);
        Function("oe.path.join", a => PathModule.Normalise(string.Join('/', a.All.Select(a.Text))));
        Function("oe.path.relative", a => a.Bind("src", "dest") is var v ? PathModule.Relative(a.Text(v[1]), a.Text(v[0]), "oe.path.relative") : None.Value);

        void Function(string name, Body body) => members[name] = new BuiltinFunction(name, body);
    }

    private static void AddTypes(Dictionary<string, object> members)
    {
        Function("oe.types.boolean", a => Boolean(a.Positional(1, 1)[0]));
        Function("oe.types.choice", a => a.Bind("value", "choices") is var v ? Choice(a.Text(v[0]), a.Text(v[1])) : None.Value);
        Function("oe.types.float", a => a.Bind("value", "fromhex=") is var v && v[1] is { } hex && Boolean(hex) ? throw Fail.Unsupported("oe.types.float with fromhex")
            : Numbers.ParseFloat(a.Text(v[0])));
        Function("oe.types.integer", a => a.Bind("value", "numberbase=") is var v ? Numbers.ParseInt(a.Text(v[0]), Base(v[1])) : None.Value);
        Function("oe.types.OEList", a => a.Bind("value", "separator=") is var v ? TypedList(v[0] is None ? "" : a.Text(v[0]), v[1] is null or None ? null : a.Text(v[1])) : None.Value);
        Function("oe.types.path", a => TypedPath(a));
        Function("oe.types.is_x86", a => a.Bind("arch") is var v && a.Text(v[0]) is var arch && (arch.StartsWith("x86_", StringComparison.Ordinal) || Pattern.Compile("i.*86", 0).AtStart.IsMatch(arch)));

        void Function(string name, Body body) => members[name] = new BuiltinFunction(name, body);

        static int Base(object? value) => value switch { null => 10, string text => Numbers.Index(Numbers.ParseInt(text, 10)), _ => Numbers.Index(value) };
    }

    private static string Choice(string value, string choices)
    {
        var (wanted, all) = (value.ToLowerInvariant(), choices.ToLowerInvariant());
        return CodePoints.Words(all).Contains(wanted, StringComparer.Ordinal) ? wanted : throw Fail.Value($"Invalid choice '{wanted}'.  Valid choices: {all}");
    }

    private static ListValue TypedList(string text, string? separator) =>
        separator is "" ? throw Fail.Value("empty separator") : new ListValue(separator is null ? CodePoints.Words(text) : text.Split(separator)) { Separator = separator ?? " " };

    private static string TypedPath(CallArguments arguments)
    {
        var values = arguments.Bind("value", "relativeto=", "normalize=", "mustexist=");
        var path = PathModule.Join(values[1] is null ? "" : arguments.Text(values[1]), arguments.Text(values[0]));
        if (values[3] is { } exists && Boolean(exists)) throw Fail.Impure("oe.types.path with mustexist", "reads the disk");
        return values[2] is null || Boolean(values[2]!) ? PathModule.Normalise(path) : path;
    }

    /// <summary>A variable's value; None, as in Python, makes what follows fail.</summary>
    private static object Value(CallArguments arguments, object? name) => arguments.Scope.Get(arguments.Text(name), expand: true) ?? (object)None.Value;

    private static List<string> Words(CallArguments arguments, object? name) =>
        Value(arguments, name) is string text ? CodePoints.Words(text) : throw Fail.Attribute(None.Value, "split");

    private static void AddChoices(Dictionary<string, object> members)
    {
        Function("oe.utils.ifelse", a => a.Bind("condition", "iftrue=", "iffalse=") is var v && Iteration.IsTrue(v[0]!) ? v[1] ?? true : v[2] ?? false);
        Choice("oe.utils.conditional", (a, value, check) => Equality.AreEqual(value, check));
        Choice("oe.utils.less_or_equal", (a, value, check) => Real(value) <= Real(check));
        Choice("oe.utils.version_less_or_equal", (a, value, check) => ((BigInteger)Versions.Compare(a.Text(value), a.Text(check))).Sign <= 0);
        Function("oe.utils.all_distro_features", a => DistroFeatures(a, any: false));
        Function("oe.utils.any_distro_features", a => DistroFeatures(a, any: true));
        Function("oe.utils.vartrue", a => a.Bind("var", "iftrue", "iffalse", "d") is var v && Boolean(Value(a, v[0])) ? v[1]! : v[2]!);

        void Choice(string name, Func<CallArguments, object, object, bool> test) => Function(name, a =>
        {
            var values = a.Bind("variable", "checkvalue", "truevalue", "falsevalue", "d");
            BbModule.NeedDatastore(a, values[4]);
            return values[test(a, Value(a, values[0]), values[1]!) ? 2 : 3]!;
        });

        void Function(string name, Body body) => members[name] = new BuiltinFunction(name, body);

        static double Real(object value) => value is string text ? Numbers.ParseFloat(text) : Numbers.IsNumber(value, out var number) ? number
            : throw Fail.Type($"float() argument must be a string or a real number, not '{Texts.TypeName(value)}'");
    }

    private static object DistroFeatures(CallArguments arguments, bool any)
    {
        var values = arguments.Bind("d", "features", "truevalue=", "falsevalue=");
        BbModule.NeedDatastore(arguments, values[0]);
        return BbModule.Contains("DISTRO_FEATURES", values[1]!, values[2] ?? "1", values[3] ?? "", any, arguments);
    }

    private static void AddSets(Dictionary<string, object> members)
    {
        Function("oe.utils.both_contain", a => BothContain(a));
        Function("oe.utils.set_intersect", a => a.Bind("variable1", "variable2", "d") is var v
            ? Sorted(Words(a, v[0]).Intersect(Words(a, v[1]), StringComparer.Ordinal)) : "");
        Function("oe.utils.set_difference", a => a.Bind("variable1", "variable2", "d") is var v ? Difference(a, Value(a, v[0]), Value(a, v[1])) : "");
        Function("oe.utils.filter_default_features", a => a.Bind("varname", "d") is var v
            ? Difference(a, Value(a, a.Text(v[0]) + "_DEFAULTS"), Value(a, a.Text(v[0]) + "_OPTED_OUT")) : "");
        Function("oe.utils.class_filter_features", a => ClassFilter(a));
        Function("oe.utils.packages_filter_out_system", a => OwnPackages(a));

        void Function(string name, Body body) => members[name] = new BuiltinFunction(name, body);
    }

    private static string Sorted(IEnumerable<string> words) => string.Join(' ', words.Distinct(StringComparer.Ordinal).Order(CodePoints.Order));

    private static object BothContain(CallArguments arguments)
    {
        var values = arguments.Bind("variable1", "variable2", "checkvalue", "d");
        var (first, second) = (Words(arguments, values[0]), Words(arguments, values[1]));
        var wanted = values[2] is string text ? CodePoints.Words(text) : [.. arguments.Run.Iterate(values[2]!).Select(arguments.Text)];
        return wanted.All(first.Contains) && wanted.All(second.Contains) ? Sorted(wanted) : "";
    }

    private static object Difference(CallArguments arguments, object first, object second)
    {
        if (first is not string { Length: > 0 } all) return "";
        if (second is not string { Length: > 0 } removed) return all;
        var words = CodePoints.Words(removed);
        return words.Contains("*", StringComparer.Ordinal) ? "" : Sorted(CodePoints.Words(all).Except(words, StringComparer.Ordinal));
    }

    private static string ClassFilter(CallArguments arguments)
    {
        var values = arguments.Bind("defaults", "features_var", "filter_var", "d");
        var features = Words(arguments, values[1]);
        var defaults = arguments.Text(values[0]);
        var filtered = defaults.Length == 0 ? "" : BbModule.Filtered(defaults, Value(arguments, values[2]), arguments);
        return Sorted(features.Concat(CodePoints.Words(filtered)));
    }

    private static ListValue OwnPackages(CallArguments arguments)
    {
        var name = arguments.Text(Value(arguments, "PN"));
        var system = new[] { "", "-dbg", "-dev", "-doc", "-locale", "-staticdev", "-src", "-lic" }.Select(s => name + s).ToHashSet(StringComparer.Ordinal);
        return new(Words(arguments, "PACKAGES").Where(p => !system.Contains(p) && !p.Contains($"{name}-locale-", StringComparison.Ordinal)));
    }

    private static void AddTexts(Dictionary<string, object> members)
    {
        Function("oe.utils.trim_version", a => TrimVersion(a));
        Function("oe.utils.str_filter", a => StringFilter(a, keep: true));
        Function("oe.utils.str_filter_out", a => StringFilter(a, keep: false));
        Function("oe.utils.build_depends_string", a => a.Bind("depends", "task") is var v
            ? string.Join(' ', CodePoints.Words(a.Text(v[0])).Select(d => $"{d}:{a.Text(v[1])}")) : "");
        Function("oe.utils.squashspaces", a => string.Join(' ', CodePoints.Words(a.Positional(1, 1).Text(0))));
        Function("oe.utils.sh_quote", a => ShellQuote(a.Positional(1, 1).Text(0)));
        Function("oe.utils.prune_suffix", a => PruneSuffix(a));
        Function("oe.utils.extend_variants", a => ExtendVariants(a));
        Function("oe.utils.multilib_pkg_extend", a => a.Bind("d", "pkg") is var v
            ? string.Join(' ', OptionalWords(a, "MULTILIB_VARIANTS").Select(m => $"{m}-{a.Text(v[1])}").Prepend(a.Text(v[1]))) : "");

        void Function(string name, Body body) => members[name] = new BuiltinFunction(name, body);
    }

    private static List<string> OptionalWords(CallArguments arguments, string name) => CodePoints.Words(arguments.Scope.Get(name, expand: true) ?? "");

    private static string TrimVersion(CallArguments arguments)
    {
        var values = arguments.Bind("version", "num_parts=");
        if (values[0] is not string version) throw Fail.Type("Version should be a string");
        var count = values[1] is null ? 2 : Numbers.Index(values[1]!);
        return count < 1 ? throw Fail.Value("Cannot split to parts < 1") : string.Join('.', version.Split('.').Take(count));
    }

    private static string StringFilter(CallArguments arguments, bool keep)
    {
        var values = arguments.Bind("f", "str", "d");
        var pattern = Pattern.Compile(arguments.Text(values[0]), 0);
        return string.Join(' ', CodePoints.Words(arguments.Text(values[1])).Where(w => pattern.AtStart.IsMatch(w) == keep));
    }

    private static string ShellQuote(string text) =>
        text.Length == 0 ? "''" : text.All(c => char.IsAsciiLetterOrDigit(c) || "_@%+=:,./-".Contains(c, StringComparison.Ordinal)) ? text
        : $"'{text.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";

    private static string PruneSuffix(CallArguments arguments)
    {
        var values = arguments.Bind("var", "suffixes", "d");
        var name = arguments.Text(values[0]);
        foreach (var suffix in arguments.Run.Iterate(values[1]!).Select(arguments.Text))
            if (suffix.Length > 0 && name.EndsWith(suffix, StringComparison.Ordinal)) name = name[..^suffix.Length];
        return Value(arguments, "MLPREFIX") is string { Length: > 0 } prefix && name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
    }

    private static string ExtendVariants(CallArguments arguments)
    {
        var values = arguments.Bind("d", "var", "extend", "delim=");
        var delimiter = values[3] is null ? ":" : arguments.Text(values[3]);
        if (delimiter.Length == 0) throw Fail.Value("empty separator");
        return string.Join(' ', OptionalWords(arguments, arguments.Text(values[1]))
            .Select(w => w.Split(delimiter)).Where(p => p.Length > 1 && p[0] == arguments.Text(values[2])).Select(p => p[1]));
    }

    /// <summary>The number behind <c>-j</c>, or an empty text.</summary>
    private static object ParallelMake(CallArguments arguments, object? install)
    {
        var words = OptionalWords(arguments, install is not null && Iteration.IsTrue(install) ? "PARALLEL_MAKEINST" : "PARALLEL_MAKE");
        var index = words.FindIndex(w => w.StartsWith("-j", StringComparison.Ordinal));
        if (index < 0) return "";
        if (words[index] != "-j") return Numbers.ParseInt(words[index][2..], 10);
        return index + 1 < words.Count ? Numbers.ParseInt(words[index + 1], 10) : throw Fail.Index("pop from empty list");
    }

    private static object ParallelMakeArgument(CallArguments arguments)
    {
        var values = arguments.Bind("d", "fmt", "limit=", "makeinst=");
        if (ParallelMake(arguments, values[3]) is not BigInteger { IsZero: false } jobs) return "";
        if (values[2] is { } limit && Iteration.IsTrue(limit)) jobs = Operators.Order("<", limit, jobs) < 0 ? (BigInteger)limit : jobs;
        return PercentFormat.Format(arguments.Text(values[1]), jobs, arguments.Run);
    }

    /// <summary>Without multilib there is one tune, that of the datastore at hand; with it, copies of the datastore would be needed.</summary>
    private static string MultilibTuneValues(CallArguments arguments)
    {
        var values = arguments.Bind("d", "var", "unique=", "need_split=", "delim=");
        var scope = arguments.Scope;
        if (OptionalWords(arguments, "MULTILIB_VARIANTS").Count > 0 || scope.Get("MLPREFIX", expand: true) is not (null or "")
            || scope.Get("DEFAULTTUNE_MULTILIB_ORIGINAL", expand: true) is not (null or ""))
            throw Fail.Unsupported("oe.utils.all_multilib_tune_values with MULTILIB_VARIANTS");
        var value = scope.Get(arguments.Text(values[1]), expand: true) ?? "";
        if (value.Length == 0) return "";
        var split = values[3] is null || Iteration.IsTrue(values[3]!);
        IEnumerable<string> parts = split ? value.Split(values[4] is null ? " " : arguments.Text(values[4])) : [value];
        return string.Join(' ', values[2] is null || Iteration.IsTrue(values[2]!) ? parts.Distinct(StringComparer.Ordinal) : parts);
    }

    private static object CpuCount(CallArguments arguments)
    {
        var values = arguments.Bind("at_least=", "at_most=");
        if (arguments.Scope.Processors is not (> 0 and var count)) throw Fail.Impure("oe.utils.cpu_count", "reads the host");
        return CallArguments.Integer(Math.Max(Math.Min(count, values[1] is null ? 64 : Numbers.Index(values[1]!)), values[0] is null ? 1 : Numbers.Index(values[0]!)));
    }

    /// <summary>A variable's value as its <c>[type]</c> says. A type of a layer's own is refused.</summary>
    private static object TypedValue(CallArguments arguments, string name)
    {
        var scope = arguments.Scope;
        var text = scope.Get(name, expand: true) ?? "";
        switch (scope.GetFlag(name, "type", expand: true))
        {
            case "list":
                return TypedList(text, scope.GetFlag(name, "separator", expand: true));
            case "boolean": return Boolean(text);
            case "integer": return Numbers.ParseInt(text, scope.GetFlag(name, "numberbase", expand: true) is { } radix ? int.Parse(radix, CultureInfo.InvariantCulture) : 10);
            case "choice" when scope.GetFlag(name, "choices", expand: true) is { } choices:
                return CodePoints.Words(choices.ToLowerInvariant()).Contains(text.ToLowerInvariant(), StringComparer.Ordinal) ? text.ToLowerInvariant()
                    : throw new ExpressionException("BBHandledException", $"{name}: Invalid choice '{text.ToLowerInvariant()}'.  Valid choices: {choices}");
            case var type: throw Fail.Unsupported(type is null ? $"oe.data.typed_value of {name}, which has no type," : $"oe.data.typed_value of the type '{type}'");
        }
    }

    private static bool Boolean(object value) => value switch
    {
        None => false,
        bool flag => flag,
        string text => text.ToLowerInvariant() switch
        {
            "yes" or "y" or "true" or "t" or "1" => true,
            "no" or "n" or "false" or "f" or "0" => false,
            var lower => throw Fail.Value($"Invalid boolean value '{lower}'"),
        },
        _ => throw Fail.Type($"boolean accepts a string, not '<class '{Texts.TypeName(value)}'>'"),
    };
}
