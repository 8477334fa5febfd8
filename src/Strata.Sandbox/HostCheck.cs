using Strata.Core;

namespace Strata.Sandbox;

/// <param name="Name">What was checked, in the words of the report: “user namespaces”.</param>
/// <param name="Finding">One sentence.</param>
/// <param name="Problem">With the way out; null when all is well.</param>
public sealed record HostCheck(string Name, string Finding, Diagnostic? Problem)
{
    public static HostCheck Bad(string name, Diagnostic problem) => new(name, problem.Message, problem);
}
