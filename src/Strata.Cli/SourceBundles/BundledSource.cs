namespace Strata.Cli.SourceBundles;

/// <summary>A source of a recipe.</summary>
/// <param name="File">Below the bundle; for git the repository.</param>
/// <param name="Pin">SHA-256 or commit.</param>
/// <param name="IsPatch">It changes the other sources, in this order.</param>
internal sealed record BundledSource(string Address, string File, string Pin, bool IsPatch);
