namespace Strata.Fetch;

/// <summary>An entry of SRC_URI whose content is decided before anything is fetched. The family is closed: file, git, local, development.</summary>
public abstract record PinnedSource
{
    private protected PinnedSource(SourceUri uri) => Uri = uri;

    public SourceUri Uri { get; }

    public SourceSecrets Secrets { get; init; } = SourceSecrets.None;
}
