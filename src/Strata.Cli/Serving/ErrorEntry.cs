namespace Strata.Cli.Serving;

/// <param name="Code">For programs, such as MANIFEST_UNKNOWN.</param>
/// <param name="Message">For people.</param>
internal sealed record ErrorEntry(string Code, string Message);
