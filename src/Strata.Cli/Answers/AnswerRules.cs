using Strata.Core;

namespace Strata.Cli.Answers;

/// <summary>Questions that have no answer: codes STR1110 to STR1119.</summary>
public static class AnswerRules
{
    private static readonly Rule s_noVariable = new("STR1110", Severity.Error, "Variable without a value");
    private static readonly Rule s_noFlag = new("STR1111", Severity.Error, "Flag without a value");
    private static readonly Rule s_unknownLayer = new("STR1112", Severity.Error, "Unknown layer");

    public static Diagnostic NoVariable(string name, string where, IEnumerable<string> known) =>
        s_noVariable.At(default, $"{name} has no value in {where}",
            hint: Suggest.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : "a recipe's own variables: strata getvar NAME -r RECIPE");

    public static Diagnostic NoFlag(string name, string flag, IReadOnlyCollection<string> known) =>
        s_noFlag.At(default, $"{name} has no flag '{flag}'", hint: known.Count == 0 ? "it has no flags at all" : $"it has {string.Join(", ", known)}");

    public static Diagnostic UnknownLayer(string name, IEnumerable<string> known) =>
        s_unknownLayer.At(default, $"no layer of this workspace is called '{name}'",
            hint: Suggest.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : "strata layer list names them");
}
