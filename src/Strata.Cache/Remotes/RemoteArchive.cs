namespace Strata.Cache;

/// <param name="Digest">Of the compressed bytes.</param>
/// <param name="Size">Compressed bytes.</param>
internal sealed record RemoteArchive(string Digest, long Size);
