namespace Strata.Compliance;

/// <param name="Column">Counts from 1.</param>
internal readonly record struct LicenseToken(LicenseTokenKind Kind, string Text, int Column);
