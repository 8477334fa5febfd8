using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>What is attached to an image and says what is in it.</summary>
public static class AttachedStatement
{
    /// <summary>The SBOM among the documents; null when there is none.</summary>
    public static AttachedDocument? FindBill(ImmutableArray<AttachedDocument> documents) => documents.FirstOrDefault(d => IsOf(d, "spdx") || (IsOf(d, "cyclonedx") && !IsOf(d, "vex")));

    public static IEnumerable<AttachedDocument> Vex(ImmutableArray<AttachedDocument> documents) => documents.Where(d => IsOf(d, "vex"));

    private static bool IsOf(AttachedDocument document, string word) => document.Type.Contains(word, StringComparison.OrdinalIgnoreCase);
}
