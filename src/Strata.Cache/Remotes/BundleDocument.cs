namespace Strata.Cache;

/// <summary>A <see cref="KeyBundle"/> as remotes keep it: Brotli over JSON.</summary>
internal sealed record BundleDocument(string? Task, Dictionary<string, KeyFields>? Tasks);
