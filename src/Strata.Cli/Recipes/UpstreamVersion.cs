namespace Strata.Cli.Recipes;

/// <param name="Version">As PV has it.</param>
/// <param name="Written">As upstream writes it.</param>
/// <param name="Commit">Of the tag; empty for files.</param>
internal sealed record UpstreamVersion(string Version, string Written, string Commit);
