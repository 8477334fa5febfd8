namespace Strata.Fetch;

/// <summary>A commit of a git repository.</summary>
/// <param name="Revision">40 or 64 hexadecimal characters; never a branch or tag.</param>
public sealed record PinnedGit(SourceUri Source, string Revision) : PinnedSource(Source)
{
    public string Branch => Uri.Parameter("branch") ?? "master";

    /// <summary>With <c>nobranch=1</c> the revision need not be on any branch.</summary>
    public bool NoBranch => Uri.Flag("nobranch", otherwise: false);

    /// <summary>A tag that must lead to <see cref="Revision"/>, if the recipe names one.</summary>
    public string? Tag => Uri.Parameter("tag");

    /// <summary>With <c>gitsm://</c> the repositories inside it are sources as well.</summary>
    public bool HasSubmodules => Uri.Scheme is "gitsm";

    /// <summary>With <c>lfs=0</c> the pointers to large files are unpacked as they are.</summary>
    public bool WantsLargeFiles => Uri.Flag("lfs", otherwise: true);
}
