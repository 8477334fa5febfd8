namespace Strata.Fetch;

/// <summary>What one archive may become at most: enough for the largest honest sources, far too little to fill a disk.</summary>
public sealed record UnpackLimits(long Bytes = 16L << 30, int Entries = 1_000_000);
