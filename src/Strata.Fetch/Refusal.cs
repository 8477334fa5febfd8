namespace Strata.Fetch;

/// <summary>Why one place did not help.</summary>
/// <param name="IsWrongDigest">The place answered with other bytes than the pin demands.</param>
/// <param name="MissingSecret">What the recipe would have to declare in <c>do_fetch[secrets]</c> to prove to the place who asks.</param>
public sealed record Refusal(string Place, string Reason, bool IsWrongDigest = false, string? MissingSecret = null);
