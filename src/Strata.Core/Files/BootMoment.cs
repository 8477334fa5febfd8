namespace Strata.Core;

/// <summary>A moment that no clock can change.</summary>
/// <param name="Boot">The kernel's identity of this boot.</param>
/// <param name="Second">Seconds since then.</param>
public sealed record BootMoment(string Boot, long Second);
