namespace Strata.Sandbox;

/// <summary>What a sandbox can reach.</summary>
public enum Network
{
    /// <summary>Its own loopback interface, which nothing else listens on.</summary>
    None,

    /// <summary>Everything the host can, with the host's name resolution.</summary>
    Host,
}
