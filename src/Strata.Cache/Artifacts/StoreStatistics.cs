namespace Strata.Cache;

public sealed record StoreStatistics(int Artifacts, int Keys, long Entries, long Bytes);
