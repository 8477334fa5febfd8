namespace Strata.Fetch;

/// <summary>What the tar of a commit's tree does not say about itself.</summary>
/// <param name="Committed">Replaces the times of all entries, where they say nothing about the content.</param>
/// <param name="Below">Only what lies below this directory is written, and as if that were the top; empty for everything.</param>
/// <param name="Large">Gives the files that pointers stand for; null leaves the pointers.</param>
internal sealed record ExportedTree(DateTimeOffset Committed, string Below, LfsObjects? Large);
