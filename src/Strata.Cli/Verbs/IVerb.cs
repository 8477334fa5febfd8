namespace Strata.Cli.Verbs;

/// <summary>A command: options as properties, filled by the command-line parser, and what it does.</summary>
public interface IVerb
{
    Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel);
}
