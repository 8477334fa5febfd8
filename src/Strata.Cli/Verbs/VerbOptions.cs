using CommandLine;

namespace Strata.Cli.Verbs;

/// <summary>The options that every command has.</summary>
public abstract record VerbOptions
{
    [Option('C', "directory", MetaValue = "DIR", HelpText = "Work in the workspace at or above DIR (default: the current directory).")]
    public string? Directory { get; init; }

    [Option('v', "verbose", HelpText = "Say more: also what was up to date.")]
    public bool Verbose { get; init; }
}
