namespace Strata.Cache;

/// <summary>A key and what it was made from, in a <see cref="BundleDocument"/>.</summary>
internal sealed record KeyFields(string? Key, Dictionary<string, string>? Fields);
