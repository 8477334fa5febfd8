using System.Globalization;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Everything Strata can say about licences: codes STR7000 to STR7999, one method each.</summary>
public static partial class ComplianceRules
{
    private static readonly Rule s_badExpression = new("STR7001", Severity.Error, "Licence expression not understood");
    private static readonly Rule s_unknownLicense = new("STR7002", Severity.Warning, "Unknown licence");
    private static readonly Rule s_oldName = new("STR7003", Severity.Note, "Old licence name");
    private static readonly Rule s_operatorMissing = new("STR7004", Severity.Warning, "Operator missing between licences");
    private static readonly Rule s_unknownException = new("STR7005", Severity.Warning, "Unknown licence exception");
    private static readonly Rule s_textChanged = new("STR7010", Severity.Error, "Licence text changed");
    private static readonly Rule s_noDigest = new("STR7011", Severity.Error, "Licence text without digest");
    private static readonly Rule s_textMissing = new("STR7012", Severity.Error, "Licence text not found");
    private static readonly Rule s_badEntry = new("STR7013", Severity.Error, "LIC_FILES_CHKSUM not understood");
    private static readonly Rule s_noEvidence = new("STR7014", Severity.Error, "No licence text named");
    private static readonly Rule s_noArtifact = new("STR7015", Severity.Warning, "No licence texts of a recipe");
    private static readonly Rule s_textTooLarge = new("STR7016", Severity.Error, "Licence text too large");
    private static readonly Rule s_unlisted = new("STR7017", Severity.Warning, "Licence of a package not among the recipe's");
    private static readonly Rule s_unknownFormat = new("STR7020", Severity.Error, "Unknown SBOM format");

    public static Diagnostic BadExpression(SourceSpan place, string text, int column, string reason) =>
        s_badExpression.At(place, $"LICENSE = \"{text}\", column {column}: {reason}",
            hint: "write SPDX identifiers joined by AND and OR, for instance \"MIT AND (GPL-2.0-only OR Apache-2.0)\"");

    internal static Diagnostic UnknownLicense(SourceSpan place, string text, LicenseToken token) =>
        s_unknownLicense.At(place, $"LICENSE = \"{text}\", column {token.Column}: '{token.Text}' is not on the SPDX licence list",
            hint: Suggest.Nearest(token.Text, SpdxList.Licenses) is { } near ? $"did you mean '{near}'?" : $"write 'LicenseRef-{token.Text}' for a licence of its own");

    internal static Diagnostic OldName(SourceSpan place, string text, LicenseToken token, string expression) =>
        s_oldName.At(place, $"LICENSE = \"{text}\", column {token.Column}: '{token.Text}' is an old name", hint: $"write '{expression}'");

    public static Diagnostic OperatorMissing(SourceSpan place, string text, int column) =>
        s_operatorMissing.At(place, $"LICENSE = \"{text}\", column {column}: no operator before this licence; taken as AND", hint: "write AND or OR between the two");

    internal static Diagnostic UnknownException(SourceSpan place, string text, LicenseToken token) =>
        s_unknownException.At(place, $"LICENSE = \"{text}\", column {token.Column}: '{token.Text}' is not an SPDX licence exception",
            hint: Suggest.Nearest(token.Text, SpdxList.Exceptions) is { } near ? $"did you mean '{near}'?" : $"write 'AdditionRef-{token.Text}' for an exception of its own");

    public static Diagnostic TextChanged(SourceSpan place, string path, string expected, string actual, string? difference, string entry) =>
        s_textChanged.At(place, $"the licence text '{path}' is not the one that was reviewed: expected {expected}, found {actual}",
            hint: (difference is null ? "the reviewed text was never here to compare with; read the text;" : $"this changed:\n{difference}\n  read it;") + $" if LICENSE is still true, put this into LIC_FILES_CHKSUM:\n    {entry}");

    public static Diagnostic NoDigest(SourceSpan place, string path, string entry) =>
        s_noDigest.At(place, $"LIC_FILES_CHKSUM names '{path}' without a digest", hint: $"read the text, then write:\n    {entry}");

    public static Diagnostic TextMissing(SourceSpan place, string path, IReadOnlyCollection<string> candidates) =>
        s_textMissing.At(place, $"LIC_FILES_CHKSUM names '{path}', which the source does not have",
            hint: candidates.Count > 0 ? $"the source has {string.Join(", ", candidates)}" : "name a file of ${S} that states the licence");

    internal static Diagnostic TextTooLarge(SourceSpan place, string path, long size, long limit) =>
        s_textTooLarge.At(place, string.Create(CultureInfo.InvariantCulture, $"LIC_FILES_CHKSUM names '{path}', which has {size} bytes; a licence text has at most {limit}"), hint: "name the file that states the licence");

    public static Diagnostic BadEntry(SourceSpan place, string entry) =>
        s_badEntry.At(place, $"LIC_FILES_CHKSUM has '{entry}', which is not understood",
            hint: "write 'file://COPYING;sha256=DIGEST', optionally with ';beginline=N;endline=N'");

    public static Diagnostic NoEvidence(SourceSpan place, string recipe, IReadOnlyCollection<string> entries) =>
        s_noEvidence.At(place, $"recipe '{recipe}' states a licence but names no text that proves it",
            hint: entries.Count > 0
                ? $"read these files, then write:\n    LIC_FILES_CHKSUM = \"{string.Join(" \\\n        ", entries)}\""
                : "name the file that states the licence in LIC_FILES_CHKSUM, or set LICENSE = \"CLOSED\" for your own closed source");

    public static Diagnostic NoArtifact(SourceSpan place, string recipe) =>
        s_noArtifact.At(place, $"there are no licence texts of recipe '{recipe}', whose packages are in the image", hint: $"run 'strata build {recipe}:populate_lic'");

    internal static Diagnostic UnlistedLicense(SourceSpan place, string package, IEnumerable<string> licenses, string recipe) =>
        s_unlisted.At(place, $"LICENSE:{package} names {string.Join(", ", licenses)}, which LICENSE = \"{recipe}\" does not", hint: "name every licence of the sources in LICENSE, and of these the package's in LICENSE:PACKAGE");

    public static Diagnostic UnknownFormat(SourceSpan place, string name, IEnumerable<string> known) =>
        s_unknownFormat.At(place, $"SBOM_FORMATS names '{name}', which Strata does not write", hint: $"name some of: {string.Join(", ", known)}");
}
