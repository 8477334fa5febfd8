namespace Strata.Cache;

/// <summary>What is to be expected of a remote after a failure.</summary>
public enum RemoteFault
{
    /// <summary>It may work the next time.</summary>
    Passing,

    /// <summary>Nobody answers, or too slowly: asking again would take as long.</summary>
    Dead,

    /// <summary>It does not want this from us, or has no room for it, and will not want it later.</summary>
    Refused,

    /// <summary>What it sent is not what it promised.</summary>
    Lie,
}
