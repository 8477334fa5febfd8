using Strata.Core;

namespace Strata.Compliance;

/// <summary>What a look-up of vulnerabilities can say: codes STR7060 to STR7069.</summary>
public static partial class ComplianceRules
{
    private static readonly Rule s_badAdvisory = new("STR7060", Severity.Error, "Vulnerability database not understood");
    private static readonly Rule s_noDatabase = new("STR7061", Severity.Error, "No vulnerability database");
    private static readonly Rule s_badVex = new("STR7062", Severity.Error, "VEX not understood");
    private static readonly Rule s_unknownSeverity = new("STR7063", Severity.Error, "Unknown severity");
    private static readonly Rule s_noIndexPlace = new("STR7064", Severity.Error, "No place for an index");

    public static Diagnostic NoDatabase(string path) =>
        s_noDatabase.At(new(path), "there is no .json or .json.gz file in it", "unpack an export of OSV, the CVE records or an NVD feed there");

    public static Diagnostic UnknownSeverity(string word) =>
        s_unknownSeverity.At(default, $"--fail-on '{word}' is no severity", "write one of: low, medium, high, critical");

    public static Diagnostic NoIndexPlace() => s_noIndexPlace.At(default, "HOME is not set, so there is no place for the index of the database", "write --index FILE");

    internal static Diagnostic BadAdvisory(string path, string problem) =>
        s_badAdvisory.At(new(path), problem, "fetch the file again; Strata reads OSV, CVE records 5 and NVD 2.0 in JSON, at most 512 MB each");

    internal static Diagnostic BadVex(string path, string problem) => s_badVex.At(new(path), problem, "Strata reads OpenVEX 0.2 and CycloneDX 1.6 in JSON");
}
