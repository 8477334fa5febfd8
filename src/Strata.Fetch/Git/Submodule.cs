namespace Strata.Fetch;

/// <summary>A repository inside another one, at the commit that the outer one records.</summary>
/// <param name="Path">Below the top of the outer tree; as untrusted as the tree is.</param>
internal sealed record Submodule(string Path, PinnedGit Source);
