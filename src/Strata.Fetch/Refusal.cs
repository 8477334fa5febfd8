namespace Strata.Fetch;

/// <summary>Why one place did not help.</summary>
/// <param name="IsWrongDigest">The place answered with other bytes than the pin demands.</param>
public sealed record Refusal(string Place, string Reason, bool IsWrongDigest = false);
