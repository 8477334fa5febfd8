using Strata.Core;

namespace Strata.Cli;

/// <summary>What a command that was asked for something else says about warnings: layers written for BitBake can have thousands of one kind.</summary>
internal static class DiagnosticSummary
{
    private const int MostOfOneKind = 3;

    /// <summary>Errors one by one; of warnings and notes with the same code that are more than a few, one that counts them, at the end.</summary>
    public static IEnumerable<Diagnostic> Of(IReadOnlyCollection<Diagnostic> found)
    {
        var many = found.Where(d => d.Severity is not Severity.Error).GroupBy(d => d.Rule).Where(g => g.Count() > MostOfOneKind).ToDictionary(g => g.Key, g => g.Count());
        return found.Where(d => !many.ContainsKey(d.Rule))
            .Concat(many.OrderBy(m => m.Key.Code, StringComparer.Ordinal).Select(m => m.Key.At(default, $"{m.Key.Title}: in {m.Value} places", hint: "strata check lists them")));
    }
}
