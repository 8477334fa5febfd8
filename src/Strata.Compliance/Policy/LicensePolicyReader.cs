using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Reads a policy from variables. What they mean stands in conf/license-policy.inc of meta-core.</summary>
public sealed class LicensePolicyReader
{
    private static readonly (string Variable, PolicyDecision Decision)[] s_lists =
        [("INCOMPATIBLE_LICENSE", PolicyDecision.Deny), ("LICENSE_DENY", PolicyDecision.Deny), ("LICENSE_REVIEW", PolicyDecision.Review), ("LICENSE_ALLOW", PolicyDecision.Allow),
            ("LICENSE_DENY_STATIC", PolicyDecision.Deny), ("LICENSE_REVIEW_STATIC", PolicyDecision.Review), ("LICENSE_ALLOW_STATIC", PolicyDecision.Allow)];

    private readonly Func<string, string?> _variable;
    private readonly Func<string, SourceSpan> _place;
    private readonly Diagnostics _diagnostics;
    private LicenseCategories _categories = LicenseCategories.Default;

    private LicensePolicyReader(Func<string, string?> variable, Func<string, SourceSpan> place, Diagnostics diagnostics) =>
        (_variable, _place, _diagnostics) = (variable, place, diagnostics);

    /// <param name="variable">The value of a variable; null when it has none.</param>
    /// <param name="place">Where a variable was set, for messages.</param>
    public static LicensePolicy Read(Func<string, string?> variable, Func<string, SourceSpan> place, Diagnostics diagnostics) =>
        new LicensePolicyReader(variable, place, diagnostics).Read();

    private LicensePolicy Read()
    {
        _categories = LicenseCategories.Default.With(Words("LICENSE_CATEGORY_OF").Select(Category).OfType<(string, string)>());
        return new()
        {
            Categories = _categories,
            Rules = [.. s_lists.SelectMany(l => PolicyEntries.Of(Text(l.Variable)).Select(e => Rule(l.Variable, l.Decision, e))).OfType<LicenseRule>()],
            Exceptions = [.. YoctoExceptions(), .. Words("LICENSE_EXCEPTIONS").Select(Exception).OfType<LicenseException>()],
            Default = Decision("LICENSE_DEFAULT", PolicyDecision.Allow),
            Conflicts = Decision("LICENSE_CONFLICTS", PolicyDecision.Review),
        };
    }

    private PolicyDecision Decision(string variable, PolicyDecision otherwise)
    {
        switch (Text(variable).Trim())
        {
            case "": return otherwise;
            case "allow": return PolicyDecision.Allow;
            case "review": return PolicyDecision.Review;
            case "deny": return PolicyDecision.Deny;
            case var other:
                Refuse(variable, $"'{other}' is no decision", "write allow, review or deny");
                return PolicyDecision.Deny;
        }
    }

    private (string, string)? Category(string word)
    {
        if (word.Split('=') is [{ Length: > 0 } license, { Length: > 0 } category]) return (license, category);
        Refuse("LICENSE_CATEGORY_OF", $"'{word}' is not understood", "write LICENCE=CATEGORY, for instance LicenseRef-Vendor=proprietary");
        return null;
    }

    private LicenseRule? Rule(string variable, PolicyDecision decision, string entry)
    {
        var (package, text) = SplitPackage(entry);
        return Pattern(variable, text) is { } pattern ? new(decision, $"{variable} \"{entry}\"", package ?? "*", pattern, variable.EndsWith("_STATIC", StringComparison.Ordinal)) : null;
    }

    /// <summary><c>package:licence</c>; a colon can also follow <c>category</c> and <c>DocumentRef-x</c>.</summary>
    private static (string? Package, string License) SplitPackage(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        var isPackage = colon > 0 && !entry.AsSpan(0, colon).Contains('(') && entry[..colon] != "category" && !entry.StartsWith("DocumentRef-", StringComparison.Ordinal);
        return isPackage ? (entry[..colon], entry[(colon + 1)..]) : (null, entry);
    }

    private LicensePattern? Pattern(string variable, string text)
    {
        if (text.StartsWith("category:", StringComparison.Ordinal)) return KnownCategory(variable, text["category:".Length..]);
        if (text.StartsWith('(')) return Expression(variable, text);
        var parts = text.Split(" WITH ", 2);
        if (parts[0].AsSpan().ContainsAny('*', '?')) return new LicensePattern.Named(parts[0], parts.ElementAtOrDefault(1));

        var problems = new Diagnostics();
        if (LicenseExpression.Parse(parts[0], default, problems) is not { } expression)
        {
            Refuse(variable, $"'{text}' is no licence", "write an SPDX name, with * as wildcard if need be, or category:NAME");
            return null;
        }
        if (problems.Sorted().Any(p => p.Rule.Code == "STR7002")) _diagnostics.Add(ComplianceRules.UnknownInPolicy(_place(variable), variable, parts[0]));
        return expression is LicenseExpression.License license
            ? new LicensePattern.Named(license.Id + (license.OrLater ? "+" : ""), parts.ElementAtOrDefault(1) ?? license.Exception)
            : new LicensePattern.Whole(expression.Normalize());
    }

    private LicensePattern.Category? KnownCategory(string variable, string name)
    {
        if (_categories.Names.Contains(name)) return new(name);
        Refuse(variable, $"there is no category '{name}' of licences",
            Suggest.Nearest(name, _categories.Names) is { } near ? $"did you mean 'category:{near}'?" : $"there are {string.Join(", ", _categories.Names)}");
        return null;
    }

    private LicensePattern.Whole? Expression(string variable, string text)
    {
        if (LicenseExpression.Parse(text, default, new()) is { } expression) return new(expression.Normalize());
        Refuse(variable, $"'{text}' is no licence expression", "write for instance (MIT AND GPL-2.0-only)");
        return null;
    }

    private IEnumerable<LicenseException> YoctoExceptions()
    {
        const string variable = "INCOMPATIBLE_LICENSE_EXCEPTIONS";
        foreach (var entry in PolicyEntries.Of(Text(variable)))
        {
            if (SplitPackage(entry) is not ({ } package, var license)) Refuse(variable, $"'{entry}' names no package", "write PACKAGE:LICENCE");
            else if (Pattern(variable, license) is { } pattern) yield return new(entry, "", "", null) { Packages = [package], Licenses = [pattern] };
        }
    }

    private LicenseException? Exception(string name)
    {
        var variable = $"LICENSE_EXCEPTION_{name}";
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Text(variable).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            values[part.Split('=')[0].Trim()] = part.Contains('=', StringComparison.Ordinal) ? part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim() : "";
        const string form = "write \"package=NAMES; license=LICENCES; reason=WHY; owner=WHO; expires=YYYY-MM-DD\"";
        string[] keys = ["package", "license", "reason", "owner", "expires"];
        if (keys.FirstOrDefault(k => string.IsNullOrEmpty(values.GetValueOrDefault(k))) is { } missing)
        {
            Refuse(variable, $"the exception does not say '{missing}'", form);
            return null;
        }
        if (values.Keys.Except(keys).FirstOrDefault() is { } unknown) Refuse(variable, $"'{unknown}' means nothing in an exception", form);
        if (!DateOnly.TryParseExact(values["expires"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires))
            Refuse(variable, $"'{values["expires"]}' is no date", "write for instance expires=2027-06-30");
        return new(name, values["reason"], values["owner"], expires)
        {
            Packages = [.. values["package"].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)],
            Licenses = [.. PolicyEntries.Of(values["license"]).Select(l => Pattern(variable, l)).OfType<LicensePattern>()],
        };
    }

    private string Text(string variable) => _variable(variable) ?? "";

    private string[] Words(string variable) => Text(variable).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private void Refuse(string variable, string problem, string hint) => _diagnostics.Add(ComplianceRules.BadPolicy(_place(variable), variable, problem, hint));
}
