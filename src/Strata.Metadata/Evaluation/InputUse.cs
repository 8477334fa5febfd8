namespace Strata.Metadata.Evaluation;

/// <summary>What of a path mattered to a load.</summary>
internal enum InputUse
{
    /// <summary>Only whether something is there.</summary>
    Existence,

    /// <summary>The names in a directory.</summary>
    Listing,

    /// <summary>What a file says.</summary>
    Content,
}
