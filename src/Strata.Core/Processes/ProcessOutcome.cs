namespace Strata.Core;

/// <param name="ExitCode">As the shell counts: 128 + signal number for a killed process.</param>
/// <param name="Output">Standard output, when no line callback was given; else empty.</param>
/// <param name="Error">Standard error, likewise.</param>
public sealed record ProcessOutcome(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;
}
