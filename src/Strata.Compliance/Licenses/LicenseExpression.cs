using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>A licence expression of SPDX: one licence, or several joined by AND and OR. Prints in canonical form.</summary>
public abstract record LicenseExpression
{
    private LicenseExpression()
    {
    }

    /// <summary>Accepts SPDX and the older form of recipes (<c>&amp;</c>, <c>|</c>, <c>GPLv2+</c>); null when it cannot be understood.</summary>
    /// <param name="place">Where the expression stands, for messages.</param>
    public static LicenseExpression? Parse(string text, SourceSpan place, Diagnostics diagnostics) => new LicenseParser(text, place, diagnostics).Parse();

    /// <summary>Every licence named, each once, in the order of first mention.</summary>
    public ImmutableArray<License> Licenses => [.. All().Distinct()];

    /// <summary>Flat and without repetitions: <c>A AND (B AND A)</c> becomes <c>A AND B</c>. The order of mention stays.</summary>
    public abstract LicenseExpression Normalize();

    /// <summary>The same with <c>LicenseRef-</c> before every name that the SPDX list does not have, as documents for others must be.</summary>
    public abstract LicenseExpression WithReferences();

    private protected abstract IEnumerable<License> All();

    /// <summary>A licence, possibly “or any later version”, possibly with an exception.</summary>
    public sealed record License(string Id, bool OrLater = false, string? Exception = null) : LicenseExpression
    {
        /// <summary>Not on the SPDX list: a text that ships with the document.</summary>
        public bool IsReference => Id.Contains("LicenseRef-", StringComparison.Ordinal);

        public override LicenseExpression Normalize() => this;

        public override LicenseExpression WithReferences() => IsReference || SpdxList.FindLicense(Id) is not null ? this : this with { Id = "LicenseRef-" + Id.Replace('_', '-').Replace(':', '-') };

        public override string ToString() => $"{Id}{(OrLater ? "+" : "")}{(Exception is null ? "" : $" WITH {Exception}")}";

        private protected override IEnumerable<License> All() => [this];
    }

    /// <summary>All of the parts apply.</summary>
    public sealed record And(ImmutableArray<LicenseExpression> Parts) : LicenseExpression
    {
        public override LicenseExpression Normalize() =>
            Distinct(Parts.Select(p => p.Normalize()).SelectMany(p => p is And and ? and.Parts : [p])) is [_, _, ..] parts ? new And(parts) : Parts[0].Normalize();

        public override LicenseExpression WithReferences() => new And([.. Parts.Select(p => p.WithReferences())]);

        public bool Equals(And? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => HashOf(Parts);

        public override string ToString() => string.Join(" AND ", Parts.Select(p => p is Or ? $"({p})" : p.ToString()));

        private protected override IEnumerable<License> All() => Parts.SelectMany(p => p.All());
    }

    /// <summary>The recipient chooses one of the parts.</summary>
    public sealed record Or(ImmutableArray<LicenseExpression> Parts) : LicenseExpression
    {
        public override LicenseExpression Normalize() =>
            Distinct(Parts.Select(p => p.Normalize()).SelectMany(p => p is Or or ? or.Parts : [p])) is [_, _, ..] parts ? new Or(parts) : Parts[0].Normalize();

        public override LicenseExpression WithReferences() => new Or([.. Parts.Select(p => p.WithReferences())]);

        public bool Equals(Or? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => HashOf(Parts);

        public override string ToString() => string.Join(" OR ", Parts);

        private protected override IEnumerable<License> All() => Parts.SelectMany(p => p.All());
    }

    private static ImmutableArray<LicenseExpression> Distinct(IEnumerable<LicenseExpression> parts) => [.. parts.Distinct()];

    private static int HashOf(ImmutableArray<LicenseExpression> parts)
    {
        var hash = new HashCode();
        foreach (var part in parts) hash.Add(part);
        return hash.ToHashCode();
    }
}
