namespace Strata.Fetch;

/// <param name="What">File name or repository.</param>
/// <param name="Total">Bytes expected, 0 where unknown.</param>
public sealed record FetchProgress(string What, long Done, long Total);
