using Strata.Core;

namespace Strata.Scenarios;

/// <summary>Independent programs that judge what Strata wrote.</summary>
public static class Tool
{
    /// <summary>Standard output and standard error of a program that must succeed.</summary>
    public static async Task<string> RunAsync(params string[] command)
    {
        var outcome = await TryAsync(command);
        Assert.True(outcome.Succeeded, $"{string.Join(' ', command)}: exit code {outcome.ExitCode}\n{outcome.Output}{outcome.Error}");
        return outcome.Output + outcome.Error;
    }

    public static Task<ProcessOutcome> TryAsync(params string[] command) =>
        ProcessRunner.RunAsync(new() { Command = [.. command] }, TestContext.Current.CancellationToken);
}
