namespace Strata.Metadata;

/// <summary>A collection of BBFILE_COLLECTIONS.</summary>
/// <param name="Directory">The entry of BBLAYERS whose layer.conf added the collection; empty if another file did.</param>
/// <param name="Pattern">BBFILE_PATTERN: a regular expression at the start of a file's path.</param>
public sealed record Layer(string Name, string Directory, int Priority, string Pattern, string Version);
