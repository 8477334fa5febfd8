using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>A text that a recipe names as proof of its licence.</summary>
/// <param name="Source">As LIC_FILES_CHKSUM names it.</param>
/// <param name="File">Its name below <c>texts/</c>.</param>
/// <param name="Sha256">Of the collected text, which is a part of the source file when lines are given.</param>
public sealed record LicenseText(
    string Source,
    string File,
    string Sha256,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int BeginLine = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int EndLine = 0);
