using Strata.Sandbox;

namespace Strata.Cli.Answers;

/// <summary>One check of the build machine.</summary>
/// <param name="Result"><c>ok</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Code">Of the problem, if there is one.</param>
/// <param name="Hint">What to type.</param>
internal sealed record HostAnswer(string Name, string Result, string Finding, string? Code, string? Hint)
{
    public static HostAnswer Of(HostCheck check) =>
        new(check.Name, check.Problem?.Severity.ToString().ToLowerInvariant() ?? "ok", check.Finding, check.Problem?.Rule.Code, check.Problem?.Hint);
}
