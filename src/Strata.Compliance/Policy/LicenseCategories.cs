using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>What kinds of duty licences bring: which licence is in which category. The first entry that matches a licence decides.</summary>
public sealed class LicenseCategories
{
    public const string Unknown = "unknown";

    private static readonly ImmutableArray<(string Pattern, string Category)> s_known = [.. Read()];

    private readonly ImmutableArray<(string Pattern, string Category)> _entries;

    private LicenseCategories(ImmutableArray<(string, string)> entries) => _entries = entries;

    /// <summary>Those that come with Strata.</summary>
    public static LicenseCategories Default { get; } = new(s_known);

    /// <summary>Every category there is, ordinal.</summary>
    public IEnumerable<string> Names => _entries.Select(e => e.Category).Append(Unknown).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>With entries of the user before the known ones.</summary>
    public LicenseCategories With(IEnumerable<(string Pattern, string Category)> entries) => new([.. entries, .. _entries]);

    /// <summary>Of the licence without its exception.</summary>
    public string Of(LicenseExpression.License license) =>
        _entries.FirstOrDefault(e => LicensePattern.NamesMatch(e.Pattern, license)).Category ?? Unknown;

    /// <summary>Whether the terms oblige who ships a program to offer its source.</summary>
    public bool ObligesToSource(LicenseExpression expression) => expression.Licenses.Any(l => Of(l) is "copyleft" or "weak-copyleft" or "network-copyleft");

    private static IEnumerable<(string, string)> Read()
    {
        using var stream = typeof(LicenseCategories).Assembly.GetManifestResourceStream("license-categories.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#' && line.Split(' ') is [var category, .. var patterns])
                foreach (var pattern in patterns) yield return (pattern, category);
    }
}
