namespace Strata.Cli.SourceBundles;

/// <summary>A recipe that the build uses and whose sources are not in the bundle.</summary>
internal sealed record LeftOutRecipe(string Name, string Version, string License, string Reason);
