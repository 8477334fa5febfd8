using Strata.Core;

namespace Strata.Sandbox;

/// <param name="ExitCode">Of the command; 128 + signal number when it was killed.</param>
/// <param name="Usage">Of everything that ran inside; zero where the kernel does not tell.</param>
public sealed record SandboxOutcome(int ExitCode, ResourceUsage Usage);
