using Strata.Core;

namespace Strata.Sandbox;

/// <summary>The sandbox could not be set up, so its command never ran.</summary>
public sealed class SandboxFailedException(Diagnostic diagnostic, Exception? cause = null) : Exception(diagnostic.ToString(), cause)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
