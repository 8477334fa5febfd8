using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>The terms of a module or crate among a recipe's sources.</summary>
/// <param name="License">What the crate declares, or what its text was recognised as; empty when neither says anything.</param>
public sealed record ModuleLicense(LinkKind Kind, string Name, string Version, string License);
