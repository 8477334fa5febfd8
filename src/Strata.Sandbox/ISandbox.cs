namespace Strata.Sandbox;

/// <summary>Runs the commands of tasks so that they find their inputs where the specification says.</summary>
public interface ISandbox : IAsyncDisposable
{
    /// <summary>Runs a command to its end, and the end of everything that it started.</summary>
    /// <param name="spec">What the command sees.</param>
    /// <param name="logFile">Output and errors of the command are appended to it in the order of writing.</param>
    /// <param name="cancel">Kills the command before the exception is thrown.</param>
    /// <exception cref="SandboxFailedException">The inputs could not be set up, or the command does not exist.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left running.</exception>
    Task<SandboxOutcome> RunAsync(SandboxSpec spec, string logFile, CancellationToken cancel);
}
