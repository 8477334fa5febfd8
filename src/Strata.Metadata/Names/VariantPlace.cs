namespace Strata.Metadata.Names;

/// <summary>Says that a name is a variant of <paramref name="Base"/>, chosen when all words of <paramref name="Key"/> are in OVERRIDES.</summary>
internal readonly record struct VariantPlace(Name Base, OverrideKey Key);
