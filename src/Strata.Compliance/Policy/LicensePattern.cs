using System.IO.Enumeration;

namespace Strata.Compliance;

/// <summary>What an entry of a policy is about. More precise entries decide before less precise ones.</summary>
internal abstract record LicensePattern
{
    private LicensePattern()
    {
    }

    public abstract int Precision { get; }

    /// <summary>It names an exception (WITH).</summary>
    public virtual bool NamesException => false;

    /// <summary>Whether the entry is about this single licence.</summary>
    public abstract bool Matches(LicenseExpression.License license, LicenseCategories categories);

    /// <summary>Whether the entry is about these terms as a whole.</summary>
    public virtual bool MatchesWhole(LicenseExpression expression) => false;

    /// <summary><c>*</c> and <c>?</c> as in a shell; without case, as SPDX compares.</summary>
    public static bool IsMatch(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name);

    /// <summary>A recipe's own name for a licence and its LicenseRef- form are one.</summary>
    public static bool NamesMatch(string pattern, LicenseExpression.License license)
    {
        if (IsMatch(pattern, license.Id) || (license.OrLater && IsMatch(pattern, license.Id + "+"))) return true;
        // A text that is no name at all must not pass as a LicenseRef-.
        if (SpdxList.FindLicense(license.Id) is not null || license.Id.AsSpan().ContainsAny(" ()")) return false;
        return IsMatch(pattern, license.IsReference ? license.Id[(license.Id.IndexOf("LicenseRef-", StringComparison.Ordinal) + "LicenseRef-".Length)..] : $"LicenseRef-{license.Id}");
    }

    /// <summary>By name, with wildcards. Without an exception of its own it is about the licence with any exception too: what WITH adds must not hide a licence.</summary>
    public sealed record Named(string Name, string? Exception) : LicensePattern
    {
        public override bool NamesException => Exception is not null;

        public override int Precision => (Exception is null ? 0 : 4) + (Name.AsSpan().ContainsAny('*', '?') ? 1 : 2);

        public override bool Matches(LicenseExpression.License license, LicenseCategories categories) =>
            NamesMatch(Name, license) && (Exception is null || (license.Exception is { } other && IsMatch(Exception, other)));
    }

    /// <summary>Every licence of a category.</summary>
    public sealed record Category(string Name) : LicensePattern
    {
        public override int Precision => 0;

        public override bool Matches(LicenseExpression.License license, LicenseCategories categories) => categories.Of(license) == Name;
    }

    /// <summary>Exactly these terms, in any order of their parts.</summary>
    public sealed record Whole(LicenseExpression Expression) : LicensePattern
    {
        private readonly string _sorted = Sorted(Expression);

        public override bool NamesException => true;

        public override int Precision => 8;

        public override bool Matches(LicenseExpression.License license, LicenseCategories categories) => MatchesWhole(license);

        public override bool MatchesWhole(LicenseExpression expression) => Sorted(expression) == _sorted;

        private static string Sorted(LicenseExpression expression) => expression switch
        {
            LicenseExpression.And and => Joined(and.Parts, " AND "),
            LicenseExpression.Or or => Joined(or.Parts, " OR "),
            _ => expression.ToString()!,
        };

        private static string Joined(IEnumerable<LicenseExpression> parts, string between) => $"({string.Join(between, parts.Select(Sorted).Order(StringComparer.Ordinal))})";
    }
}
