namespace Strata.Cli.Reproducibility;

/// <param name="Path">Relative to both trees.</param>
/// <param name="What">One phrase: “only the first time”, “differs from byte 12 on”.</param>
/// <param name="IsContent">Both are regular files whose bytes differ.</param>
internal sealed record TreeDifference(string Path, string What, bool IsContent = false);
