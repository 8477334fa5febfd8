namespace Strata.Compliance;

/// <summary>How versions of an ecosystem are ordered.</summary>
public enum VersionScheme
{
    /// <summary>As upstream projects number: numbers and words in turn, release candidates before the release, letters after it.</summary>
    Upstream,

    /// <summary>Semantic Versioning 2.0.0.</summary>
    Semantic,

    /// <summary>PEP 440.</summary>
    Python,

    /// <summary>Debian policy, 5.6.12.</summary>
    Debian,

    /// <summary>Commits, which nothing but their repository can order.</summary>
    Commit,
}
