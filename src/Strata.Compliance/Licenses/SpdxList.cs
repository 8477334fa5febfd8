using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>The identifiers of the SPDX licence list, and the names that recipes use for them. Identifiers are compared without case, as SPDX says.</summary>
public static class SpdxList
{
    private static readonly ImmutableSortedDictionary<string, Entry> s_licenses = ReadLicenses();
    private static readonly ImmutableSortedDictionary<string, string> s_exceptions =
        Lines("spdx-exceptions.txt").ToImmutableSortedDictionary(l => l, l => l, StringComparer.OrdinalIgnoreCase);
    private static readonly ImmutableSortedDictionary<string, string> s_aliases =
        Lines("license-aliases.txt").Select(l => l.Split(' ', 2)).ToImmutableSortedDictionary(l => l[0], l => l[1], StringComparer.OrdinalIgnoreCase);

    /// <summary>The version of the list, as SPDX documents name it.</summary>
    public const string ListVersion = "3.28.0";

    /// <summary>Licence identifiers in the list's own spelling, ordinal.</summary>
    public static IEnumerable<string> Licenses => s_licenses.Values.Select(e => e.Id).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Exceptions => s_exceptions.Values.Order(StringComparer.Ordinal);

    /// <summary>The list's spelling of a licence identifier; null when it has none.</summary>
    public static string? FindLicense(string id) => s_licenses.TryGetValue(id, out var entry) ? entry.Id : null;

    public static string? FindException(string id) => s_exceptions.GetValueOrDefault(id);

    /// <summary>The expression that stands for a deprecated identifier today; null for any other, and for the few that nothing replaces.</summary>
    public static string? FindReplacement(string id) => s_licenses.TryGetValue(id, out var entry) ? entry.Replacement : null;

    /// <summary>The expression that a well-known short name such as <c>GPLv2</c> means; null for any other.</summary>
    public static string? FindAlias(string name) => s_aliases.GetValueOrDefault(name);

    private static ImmutableSortedDictionary<string, Entry> ReadLicenses() =>
        Lines("spdx-licenses.txt").Select(Parse).ToImmutableSortedDictionary(e => e.Id, e => e, StringComparer.OrdinalIgnoreCase);

    private static Entry Parse(string line) => line.TrimStart('!').Split(' ', 2) is [var id, var replacement] ? new(id, replacement) : new(line.TrimStart('!'), null);

    private static IEnumerable<string> Lines(string resource)
    {
        using var stream = typeof(SpdxList).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#')).ToList();
    }

    private sealed record Entry(string Id, string? Replacement);
}
