namespace Strata.Fetch;

/// <param name="Address">Where the archive says the file is.</param>
internal sealed record ArchiveFile(string Address, long Size);
