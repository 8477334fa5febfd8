using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Metadata.Expressions;

/// <summary>Python's <c>re</c>.</summary>
internal static class ReModule
{
    private static readonly string[] s_functions = ["match", "search", "fullmatch", "split", "findall", "finditer", "sub", "subn"];

    public static FrozenDictionary<string, Method> PatternTable { get; } = s_functions.ToFrozenDictionary(
        f => f, f => (Method)((self, a) => Apply(f, (PatternValue)self, a, 0)), StringComparer.Ordinal);

    public static FrozenDictionary<string, Method> MatchTable { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["group"] = (self, a) => a.Count switch
        {
            0 => Group((MatchValue)self, BigInteger.Zero),
            1 => Group((MatchValue)self, a[0]),
            _ => new TupleValue([.. a.All.Select(i => Group((MatchValue)self, i))]),
        },
        ["groups"] = (self, a) => a.Bind("default=") is var v && (MatchValue)self is var match
            ? new TupleValue([.. Enumerable.Range(1, match.Pattern.Compiled.GroupCount).Select(i => Group(match, new BigInteger(i), v[0]))]) : None.Value,
        ["groupdict"] = (self, a) => GroupDict((MatchValue)self, a.Bind("default=")[0]),
        ["start"] = (self, a) => Place((MatchValue)self, a, m => m.Index),
        ["end"] = (self, a) => Place((MatchValue)self, a, m => m.Index + m.Length),
        ["span"] = (self, a) => TupleValue.Of(Place((MatchValue)self, a, m => m.Index), Place((MatchValue)self, a, m => m.Index + m.Length)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void AddTo(Dictionary<string, object> members)
    {
        foreach (var function in s_functions)
            members[$"re.{function}"] = new BuiltinFunction($"re.{function}", a => ApplyModule(function, a));
        members["re.compile"] = new BuiltinFunction("re.compile", a => a.Bind("pattern", "flags=") is var v ? Compile(v[0]!, v[1], a) : None.Value);
        members["re.escape"] = new BuiltinFunction("re.escape", a => Escape(a.Positional(1, 1).Text(0)));
        members["re.error"] = ExceptionTypes.Get("error");
        foreach (var (name, value) in (ReadOnlySpan<(string, int)>)
            [("I", Pattern.IgnoreCase), ("IGNORECASE", Pattern.IgnoreCase), ("M", Pattern.MultiLine), ("MULTILINE", Pattern.MultiLine), ("S", Pattern.DotAll),
             ("DOTALL", Pattern.DotAll), ("X", Pattern.Verbose), ("VERBOSE", Pattern.Verbose), ("A", Pattern.Ascii), ("ASCII", Pattern.Ascii)])
            members[$"re.{name}"] = new BigInteger(value);
    }

    private static PatternValue Compile(object pattern, object? flags, CallArguments arguments)
    {
        if (pattern is PatternValue own) return own;
        var text = arguments.Text(pattern);
        return new(text, Pattern.Compile(text, flags is null ? 0 : Numbers.Index(flags)));
    }

    private static object ApplyModule(string function, CallArguments arguments)
    {
        if (arguments.Count == 0) throw Fail.Type($"{function}() missing required argument: 'pattern'");
        var flagged = arguments.Named.FirstOrDefault(n => n.Name == "flags").Value;
        var plain = new CallArguments(arguments.Run, function, arguments.All, [.. arguments.Named.Where(n => n.Name != "flags")]);
        var place = function switch { "sub" or "subn" => 4, "split" => 3, _ => 2 };
        if (flagged is null && arguments.Count > place) (flagged, plain) = (arguments[place], new(arguments.Run, function, [.. arguments.All.Take(place)], plain.Named));
        return Apply(function, Compile(arguments[0], flagged, arguments), plain, 1);
    }

    /// <summary>Runs a function with its pattern; <paramref name="skip"/> arguments before the rest are not its own.</summary>
    private static object Apply(string function, PatternValue pattern, CallArguments arguments, int skip)
    {
        var own = new CallArguments(arguments.Run, function, [.. arguments.All.Skip(skip)], arguments.Named);
        try
        {
            return function switch
            {
                "match" => One(pattern.Compiled.AtStart, pattern, Subject(own)),
                "search" => One(pattern.Compiled.Anywhere, pattern, Subject(own)),
                "fullmatch" => One(pattern.Compiled.Whole, pattern, Subject(own)),
                "split" => Split(pattern, own),
                "findall" => FindAll(pattern, Subject(own)),
                "finditer" => new IteratorValue("callable_iterator", Matches(pattern, Subject(own)).ToList()),
                _ => Substitute(pattern, own, counted: function == "subn"),
            };
        }
        catch (RegexMatchTimeoutException)
        {
            throw Fail.TooLong($"matching {Texts.Repr(pattern.Pattern)} takes too long");
        }
    }

    private static string Subject(CallArguments arguments) => arguments.Text(arguments.Bind("string")[0]);

    private static object One(Regex regex, PatternValue pattern, string text) => regex.Match(text) is { Success: true } match ? new MatchValue(match, pattern, text) : None.Value;

    private static IEnumerable<MatchValue> Matches(PatternValue pattern, string text) =>
        pattern.Compiled.Anywhere.Matches(text).Select(m => new MatchValue(m, pattern, text));

    public static object Group(MatchValue match, object index, object? fallback = null)
    {
        var number = index is string name
            ? match.Pattern.Compiled.GroupNames.TryGetValue(name, out var known) ? known : throw Fail.Index("no such group")
            : Numbers.Index(index);
        if (number < 0 || number > match.Pattern.Compiled.GroupCount) throw Fail.Index("no such group");
        var group = Raw(match.Match, number);
        return group.Success ? group.Value : fallback ?? None.Value;
    }

    private static Group Raw(Match match, int number) => number == 0 ? match : match.Groups[number.ToString(CultureInfo.InvariantCulture)];

    private static DictValue GroupDict(MatchValue match, object? fallback)
    {
        var dict = new DictValue();
        foreach (var (name, number) in match.Pattern.Compiled.GroupNames.OrderBy(g => g.Value)) dict.Entries[name] = Group(match, new BigInteger(number), fallback);
        return dict;
    }

    private static object Place(MatchValue match, CallArguments arguments, Func<Group, int> place)
    {
        var index = arguments.Positional(0, 1).Count == 0 ? BigInteger.Zero : arguments[0];
        _ = Group(match, index);
        var group = Raw(match.Match, index is string name ? match.Pattern.Compiled.GroupNames[name] : Numbers.Index(index));
        return CallArguments.Integer(group.Success ? CodePoints.FromUnits(match.Text, place(group)) : -1);
    }

    private static ListValue FindAll(PatternValue pattern, string text)
    {
        var groups = pattern.Compiled.GroupCount;
        return new(Matches(pattern, text).Select(m => groups switch
        {
            0 => m.Match.Value,
            1 => Group(m, BigInteger.One, ""),
            _ => new TupleValue([.. Enumerable.Range(1, groups).Select(i => Group(m, new BigInteger(i), ""))]),
        }));
    }

    private static ListValue Split(PatternValue pattern, CallArguments arguments)
    {
        var values = arguments.Bind("string", "maxsplit=");
        var text = arguments.Text(values[0]);
        var most = values[1] is null ? 0 : Numbers.Index(values[1]!);
        var parts = new List<object>();
        var at = 0;
        foreach (var match in Matches(pattern, text).Take(most > 0 ? most : most < 0 ? 0 : int.MaxValue))
        {
            parts.Add(text[at..match.Match.Index]);
            for (var i = 1; i <= pattern.Compiled.GroupCount; i++) parts.Add(Group(match, new BigInteger(i)));
            at = match.Match.Index + match.Match.Length;
        }
        parts.Add(text[at..]);
        return new(parts);
    }

    private static object Substitute(PatternValue pattern, CallArguments arguments, bool counted)
    {
        var values = arguments.Bind("repl", "string", "count=");
        var text = arguments.Text(values[1]);
        var most = values[2] is null ? 0 : Numbers.Index(values[2]!);
        var result = new StringBuilder();
        var template = values[0] is string replacement ? Template(replacement, pattern.Compiled) : null;
        var (at, count) = (0, 0);
        foreach (var match in Matches(pattern, text).Take(most > 0 ? most : most < 0 ? 0 : int.MaxValue))
        {
            arguments.Run.Step();
            result.Append(text, at, match.Match.Index - at);
            if (template is null) result.Append(arguments.Text(arguments.Run.Invoke(values[0]!, match)));
            else result.AppendJoin("", template.Select(p => p as string ?? (string)Group(match, p, "")));
            at = match.Match.Index + match.Match.Length;
            count++;
        }
        var replaced = result.Append(text, at, text.Length - at).ToString();
        return counted ? TupleValue.Of(replaced, CallArguments.Integer(count)) : replaced;
    }

    /// <summary>
    /// The pieces of a replacement: texts, and groups as numbers for <c>\1</c> and <c>\g&lt;name&gt;</c>. Read as a whole first,
    /// because its errors count even where nothing matches.
    /// </summary>
    private static List<object> Template(string template, Pattern pattern)
    {
        var pieces = new List<object>();
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] != '\\')
            {
                pieces.Add(template[at].ToString());
                continue;
            }
            if (++at == template.Length) throw new ExpressionException("error", "bad escape (end of pattern)");
            if (template[at] == 'g')
            {
                var close = template.IndexOf('>', at);
                if (close < 0 || template[at + 1] != '<') throw new ExpressionException("error", "missing group name");
                pieces.Add(Reference(template[(at + 2)..close], pattern));
                at = close;
            }
            else if (template[at] == '0') throw Fail.Unsupported("an octal escape in a replacement");
            else if (char.IsAsciiDigit(template[at]))
            {
                var start = at;
                if (at + 1 < template.Length && char.IsAsciiDigit(template[at + 1])) at++;
                pieces.Add(Reference(template[start..(at + 1)], pattern));
            }
            else pieces.Add(template[at] switch
            {
                'n' => "\n", 't' => "\t", 'r' => "\r", 'a' => "\a", 'b' => "\b", 'f' => "\f", 'v' => "\v", '\\' => "\\",
                var c when char.IsAsciiLetter(c) => throw new ExpressionException("error", $"bad escape \\{c}"),
                var c => $"\\{c}",
            });
        }
        return pieces;
    }

    private static object Reference(string name, Pattern pattern)
    {
        if (!int.TryParse(name, CultureInfo.InvariantCulture, out var number))
            number = pattern.GroupNames.TryGetValue(name, out var known) ? known : throw Fail.Index($"unknown group name {Texts.Repr(name)}");
        return number >= 0 && number <= pattern.GroupCount ? new BigInteger(number) : throw new ExpressionException("error", $"invalid group reference {name}");
    }

    private static string Escape(string text)
    {
        var result = new StringBuilder();
        foreach (var c in text) result.Append("()[]{}?*+-|^$\\.&~# \t\n\r\v\f".Contains(c, StringComparison.Ordinal) ? "\\" : "").Append(c);
        return result.ToString();
    }
}
