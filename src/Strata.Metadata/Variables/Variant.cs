using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <summary>A name registered as variant of a variable. Registration outlives the value.</summary>
internal readonly record struct Variant(Name Name, OverrideKey Key);
