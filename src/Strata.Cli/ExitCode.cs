namespace Strata.Cli;

/// <summary>What the shell sees. Scripts rely on these numbers.</summary>
public enum ExitCode
{
    Success = 0,
    BuildFailed = 1,
    Usage = 2,
    BadMetadata = 3,
    InternalError = 70,
    Interrupted = 130,
}
