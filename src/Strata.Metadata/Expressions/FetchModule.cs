using System.Text.RegularExpressions;

namespace Strata.Metadata.Expressions;

/// <summary>What of BitBake's fetcher depends on variables alone: the revisions of a recipe's repositories, as they stand in versions.</summary>
internal static class FetchModule
{
    private const string Unnamed = "default";

    /// <summary>Digits of a revision that a version shows.</summary>
    private const int ShownDigits = 10;

    public static void AddTo(Dictionary<string, object> members)
    {
        foreach (var module in (ReadOnlySpan<string>)["bb.fetch", "bb.fetch2"])
        {
            members[$"{module}.get_pkgv_string"] = new BuiltinFunction($"{module}.get_pkgv_string", a => Revisions(Arguments(a)));
            members[$"{module}.get_srcrev"] = new BuiltinFunction($"{module}.get_srcrev",
                a => Revisions(Arguments(a)) is { Length: > 0 } text ? text : throw new ExpressionException("FetchError", "SRCREV was used yet no valid SCM was found in SRC_URI"));
        }
    }

    private static CallArguments Arguments(CallArguments arguments)
    {
        BbModule.NeedDatastore(arguments, arguments.Bind("d", "method_name=")[0]);
        return arguments;
    }

    /// <summary>Of one repository its revision, of several what SRCREV_FORMAT makes of their names. AUTOINC stands for a number that a feed would count up.</summary>
    private static string Revisions(CallArguments arguments)
    {
        var scope = arguments.Scope;
        var entries = CodePoints.Words(scope.Get("SRC_URI", expand: true) ?? "").Where(e => e.StartsWith("git://", StringComparison.Ordinal) || e.StartsWith("gitsm://", StringComparison.Ordinal)).ToArray();
        if (entries is []) return "";
        if (entries is [var only]) return $"AUTOINC+{Revision(only, NameOf(only), scope)}";

        var revisions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries) revisions[NameOf(entry)] = Revision(entry, NameOf(entry), scope);
        if (scope.Get("SRCREV_FORMAT", expand: true) is not { Length: > 0 } format)
            throw new ExpressionException("FetchError", $"The SRCREV_FORMAT variable must be set when multiple SCMs are used, for instance SRCREV_FORMAT = \"{string.Join('_', revisions.Keys)}\"");
        // The longest name first, and what has been replaced is not looked at again: a name may be part of another one, or of a revision.
        var names = string.Join('|', revisions.Keys.OrderByDescending(n => n.Length).Select(Regex.Escape));
        return $"AUTOINC+{Regex.Replace(format, names, m => revisions[m.Value], RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))}";
    }

    private static string NameOf(string entry) => Parameter(entry, "name") ?? Unnamed;

    private static string Revision(string entry, string name, IExpressionScope scope)
    {
        var set = ((string[])[$"SRCREV_{name}", "SRCREV"]).Select(v => scope.Get(v, expand: true)).FirstOrDefault(r => r is { Length: > 0 } and not "INVALID");
        var revision = Parameter(entry, "rev") ?? set ?? Parameter(entry, "tag") ?? throw new ExpressionException("FetchError", $"Please set a valid SRCREV for url {entry}");
        return revision[..Math.Min(revision.Length, ShownDigits)];
    }

    private static string? Parameter(string entry, string name) =>
        entry.Split(';').Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2 && p[0].Trim() == name).Select(p => p[1].Trim()).LastOrDefault(v => v.Length > 0);
}
