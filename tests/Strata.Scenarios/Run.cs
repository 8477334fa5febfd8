using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Core;

namespace Strata.Scenarios;

/// <summary>What one run of <c>strata</c> printed and how it ended, with the questions that scenarios ask of it.</summary>
public sealed partial class Run(ProcessOutcome outcome)
{
    public int ExitCode => outcome.ExitCode;

    public string Text => outcome.Output + outcome.Error;

    /// <summary>Names of the tasks that ran, sorted.</summary>
    public ImmutableArray<string> RanTasks => Tasks(@"s$");

    public ImmutableArray<string> RestoredTasks => Tasks("restored$");

    public Run Succeeds()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}:\n{Text}");
        return this;
    }

    public Run FailsWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}:\n{Text}");
        return this;
    }

    public Run Prints(string text)
    {
        Assert.Contains(text, Text, StringComparison.Ordinal);
        return this;
    }

    private ImmutableArray<string> Tasks(string ending) =>
        [.. TaskLine().Matches(Text).Where(m => Regex.IsMatch(m.Value.TrimEnd(), ending)).Select(m => m.Groups["task"].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^(\[\d+/\d+\] )?(?<task>[^\s:]+:do_\w+)  .*$", RegexOptions.Multiline)]
    private static partial Regex TaskLine();
}
