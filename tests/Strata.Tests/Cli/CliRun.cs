using System.Text.Json;
using Strata.Cli;

namespace Strata.Tests.Cli;

/// <summary>What a command printed and how it ended.</summary>
public sealed record CliRun(ExitCode Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public CliRun Succeeds() => EndsWith(ExitCode.Success);

    public CliRun EndsWith(ExitCode code)
    {
        Assert.True(Code == code, $"{Code} instead of {code}:\n{Output}{Error}");
        return this;
    }

    public CliRun Prints(params string[] texts)
    {
        foreach (var text in texts) Assert.Contains(text, Output, StringComparison.Ordinal);
        return this;
    }

    public CliRun Complains(params string[] texts)
    {
        foreach (var text in texts) Assert.Contains(text, Error, StringComparison.Ordinal);
        return this;
    }
}
