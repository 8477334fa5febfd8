using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>What cannot be combined into one program: facts of license-conflicts.txt.</summary>
internal static class LicenseConflicts
{
    /// <summary>Of an expression with many choices; no real one has as many.</summary>
    private const int MaxAlternatives = 64;

    private static readonly ImmutableArray<Entry> s_entries = Read();

    /// <param name="own">Terms of the program, or of something else linked into it.</param>
    /// <param name="other">Terms of what is linked with it.</param>
    /// <param name="isStatic">The other's code is inside of the program.</param>
    /// <returns>Null when a choice of terms on both sides goes together; else what stands against the first one.</returns>
    public static (string A, string B, string Why, string Source)? Find(LicenseExpression own, LicenseExpression other, bool isStatic, LicenseCategories categories)
    {
        (string, string, string, string)? first = null;
        foreach (var left in Alternatives(own))
            foreach (var right in Alternatives(other))
            {
                if (Between(left, right, isStatic, categories) is not { } conflict) return null;
                first ??= conflict;
            }
        return first;
    }

    private static (string, string, string, string)? Between(ImmutableArray<LicenseExpression.License> own, ImmutableArray<LicenseExpression.License> others, bool isStatic, LicenseCategories categories)
    {
        foreach (var a in own)
            foreach (var b in others)
                if (s_entries.FirstOrDefault(e => e.Forbids(a, b, isStatic, categories)) is { } entry) return (a.ToString(), b.ToString(), entry.Why, entry.Source);
        return null;
    }

    /// <summary>The sets of licences that one may choose.</summary>
    private static ImmutableArray<ImmutableArray<LicenseExpression.License>> Alternatives(LicenseExpression expression) => expression switch
    {
        LicenseExpression.License license => [[license]],
        LicenseExpression.Or or => [.. or.Parts.SelectMany(p => Alternatives(p)).Take(MaxAlternatives)],
        LicenseExpression.And and => and.Parts.Aggregate<LicenseExpression, ImmutableArray<ImmutableArray<LicenseExpression.License>>>([[]],
            (sets, part) => [.. sets.SelectMany(set => Alternatives(part).Select(more => set.AddRange(more))).Take(MaxAlternatives)]),
        _ => [],
    };

    private static ImmutableArray<Entry> Read()
    {
        using var reader = new StreamReader(typeof(LicenseConflicts).Assembly.GetManifestResourceStream("license-conflicts.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(" | ")).Select(f => new Entry(f[0], f[1], f[2] == "static", f[3], f[4]))];
    }

    private sealed record Entry(string A, string B, bool IsStatic, string Why, string Source)
    {
        public bool Forbids(LicenseExpression.License own, LicenseExpression.License other, bool isStatic, LicenseCategories categories)
        {
            if (LinkExceptions.Has(own) || LinkExceptions.Has(other)) return false;
            return IsStatic ? isStatic && Is(A, own, categories) && Is(B, other, categories)
                : (Is(A, own, categories) && Is(B, other, categories)) || (Is(A, other, categories) && Is(B, own, categories));
        }

        private static bool Is(string pattern, LicenseExpression.License license, LicenseCategories categories) =>
            pattern.StartsWith("category:", StringComparison.Ordinal) ? categories.Of(license) == pattern["category:".Length..] : LicensePattern.NamesMatch(pattern, license);
    }
}
