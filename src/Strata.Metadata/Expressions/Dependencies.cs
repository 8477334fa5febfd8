namespace Strata.Metadata.Expressions;

/// <summary>Texts of dependencies: names, each with version constraints in parentheses behind it.</summary>
internal static class Dependencies
{
    private static readonly string[] s_comparisons = ["<=", "=<", "<<", "==", "!=", ">=", "=>", ">>", "<", ">", "="];

    /// <summary>The names, without the constraints.</summary>
    public static IEnumerable<string> Names(string text)
    {
        var names = new List<string>();
        var inside = false;
        foreach (var word in CodePoints.Words(text))
        {
            inside |= word[0] == '(';
            if (!inside) names.Add(word);
            else inside = !word.EndsWith(')');
        }
        return names;
    }

    /// <summary>Name → list of constraints, each as <c>comparison version</c>.</summary>
    public static DictValue Versions(string text, bool sort)
    {
        var found = new DictValue { IsOrderedDict = true };
        string name = "", comparison = "", version = "";
        bool atComparison = false, inVersion = false;
        foreach (var each in CodePoints.Words(text.Replace(",", "", StringComparison.Ordinal)))
        {
            var word = each;
            if (word[0] == '(')
            {
                atComparison = true;
                word = word[1..];
                if (word.Length == 0) continue;
            }
            if (atComparison)
            {
                (atComparison, inVersion) = (false, true);
                comparison = s_comparisons.FirstOrDefault(c => word.StartsWith(c, StringComparison.Ordinal))
                    ?? throw new ExpressionException("VersionStringException", $"Invalid version specification in \"({word}\" - invalid or missing operator");
                word = word[comparison.Length..];
                if (word.Length == 0) continue;
            }
            if (!inVersion)
            {
                (name, version, comparison) = (word, "", "");
                if (!found.Entries.TryGetValue(word, out var known) || ((ListValue)known).Items.Count == 0) found.Entries[word] = new ListValue([]);
                continue;
            }
            if (word.EndsWith(')'))
            {
                word = word[..^1];
                inVersion = false;
                if (version.Length > 0 && word.Length > 0) version += " ";
            }
            if (word.Length == 0) continue;
            version += word;
            if (!found.Entries.TryGetValue(name, out var constraints)) found.Entries[name] = constraints = new ListValue([]);
            ((ListValue)constraints).Items.Add($"{comparison} {version}");
        }
        if (!sort) return found;
        var sorted = new DictValue { IsOrderedDict = true };
        foreach (var (key, value) in found.Entries.OrderBy(e => (string)e.Key, CodePoints.Order)) sorted.Entries[key] = value;
        return sorted;
    }

    /// <summary>Name → its first constraint, or None.</summary>
    public static DictValue SingleVersions(string text)
    {
        var found = Versions(text, sort: true);
        foreach (var key in found.Entries.Keys.ToList()) found.Entries[key] = ((ListValue)found.Entries[key]).Items.FirstOrDefault() ?? None.Value;
        return found;
    }

    public static object Join(CallArguments arguments)
    {
        var values = arguments.Bind("deps", "commasep=");
        if (values[0] is not DictValue deps) throw Fail.Type("join_deps() needs a dict");
        var parts = new List<string>();
        foreach (var (key, value) in deps.Entries)
        {
            var name = arguments.Text(key);
            if (!Iteration.IsTrue(value)) parts.Add(name);
            else if (value is ListValue list) parts.AddRange(list.Items.Select(v => $"{name} ({arguments.Text(v)})"));
            else parts.Add($"{name} ({arguments.Text(value)})");
        }
        return string.Join(values[1] is null || Iteration.IsTrue(values[1]!) ? ", " : " ", parts);
    }
}
