namespace Strata.Packaging;

/// <summary>An entry as it will stand in the manifest, with what was found in its bytes.</summary>
internal sealed record DraftFile(PackagedFile File, FileContent? Content);
