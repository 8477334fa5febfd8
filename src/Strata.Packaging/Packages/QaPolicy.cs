using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>ERROR_QA, WARN_QA and INSANE_SKIP: which check says what how loudly. Null lists keep each check's own severity.</summary>
public sealed record QaPolicy
{
    public static QaPolicy Default { get; } = new();

    /// <summary>ERROR_QA; when set, a check that stands in neither list is silent.</summary>
    public ImmutableSortedSet<string>? Errors { get; init; }

    /// <summary>WARN_QA, likewise.</summary>
    public ImmutableSortedSet<string>? Warnings { get; init; }

    /// <summary>INSANE_SKIP of the recipe.</summary>
    public ImmutableSortedSet<string> Skipped { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>From the three variables as written; null means the variable is not set.</summary>
    public static QaPolicy Parse(string? errors, string? warnings, string? skipped) => new()
    {
        Errors = errors is null ? null : Words(errors),
        Warnings = warnings is null ? null : Words(warnings),
        Skipped = Words(skipped ?? ""),
    };

    /// <summary>The severity of a check, or null when nobody wants to hear of it.</summary>
    public Severity? SeverityOf(string check, Severity ownSeverity, ImmutableArray<string> alsoSkipped)
    {
        if (Skipped.Contains(check) || alsoSkipped.Contains(check, StringComparer.Ordinal)) return null;
        if (Errors?.Contains(check) == true) return Severity.Error;
        if (Warnings?.Contains(check) == true) return Severity.Warning;
        return Errors is null && Warnings is null ? ownSeverity : null;
    }

    private static ImmutableSortedSet<string> Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToImmutableSortedSet(StringComparer.Ordinal);
}
