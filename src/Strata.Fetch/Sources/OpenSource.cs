namespace Strata.Fetch;

/// <summary>A source whose pin the recipe leaves open.</summary>
/// <param name="Setting">What would pin it: <c>SRC_URI[sha256sum]</c>, <c>SRCREV</c> or <c>SRCREV_name</c>.</param>
/// <param name="Revision">For git the branch, tag or full reference to look up; empty for a file.</param>
public sealed record OpenSource(SourceUri Uri, string Setting, string Revision)
{
    public bool IsGit => Uri.IsGit;

    public SourceSecrets Secrets { get; init; } = SourceSecrets.None;

    /// <summary>What a pin of it is a pin of: another address or another branch needs another one.</summary>
    public override string ToString() => IsGit ? $"{Uri.Address} {Revision}" : Uri.Address;
}
