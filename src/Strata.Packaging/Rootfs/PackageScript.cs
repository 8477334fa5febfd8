namespace Strata.Packaging;

/// <summary>A script that wants to run after the installation of its package.</summary>
/// <param name="Text">With the line of its interpreter.</param>
public sealed record PackageScript(string Package, string Text);
