namespace Strata.Cli.Terminal;

/// <summary>One line per event, for files, pipes and CI logs.</summary>
public sealed class PlainConsole(TextWriter output, bool verbose) : BuildConsole(output, verbose);
