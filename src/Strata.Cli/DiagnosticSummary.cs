using Strata.Core;

namespace Strata.Cli;

/// <summary>What a command that was asked for something else says about warnings: layers written for BitBake can have thousands of one kind.</summary>
internal static class DiagnosticSummary
{
    private const int MostOfOneKind = 3;

    /// <summary>Errors one by one; of warnings and notes with the same code that are more than a few, one that counts them, at the end.</summary>
    public static IEnumerable<Diagnostic> Of(IReadOnlyCollection<Diagnostic> found)
    {
        var many = found.Where(d => d.Severity is not Severity.Error).GroupBy(d => d.Rule.Code, StringComparer.Ordinal).Where(g => g.Count() > MostOfOneKind)
            .OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        return found.Except(many.SelectMany(g => g)).Concat(many.Select(g => g.First().Rule.At(default, $"{g.First().Rule.Title}: in {g.Count()} places", hint: "strata check lists them")));
    }
}
