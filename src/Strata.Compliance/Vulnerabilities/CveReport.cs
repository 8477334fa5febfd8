using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>The vulnerabilities of an image by one database.</summary>
/// <param name="Subject">The image or SBOM as it was given.</param>
/// <param name="Database">The directory.</param>
/// <param name="Files">How many files the database has.</param>
/// <param name="FilesRead">How many of them were read now, because they were new or changed.</param>
/// <param name="Components">How many components were looked up.</param>
public sealed record CveReport(string Subject, string Database, int Files, int FilesRead, int Components, ImmutableArray<CveFinding> Findings)
{
    public bool HasOpen(AdvisorySeverity least) => Findings.Any(f => f.IsOpen && f.Advisory.Severity >= least);
}
