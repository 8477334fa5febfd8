namespace Strata.Compliance;

/// <param name="IsLicense">An SPDX expression; otherwise a copyright notice.</param>
internal readonly record struct Notice(bool IsLicense, string Text);
