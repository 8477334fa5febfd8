using System.Text;

namespace Strata.Cli.Answers;

/// <summary>The history of a variable for people: comments, so that the value can follow.</summary>
internal static class VariableText
{
    /// <summary>One line per assignment, then which variant won and what the value was before expansion.</summary>
    public static string History(VariableAnswer answer)
    {
        var text = new StringBuilder();
        var places = answer.History.Select(PlaceOf).ToArray();
        var width = places.Select(p => p.Length).DefaultIfEmpty().Max();
        foreach (var (entry, place) in answer.History.Zip(places)) Append(text, entry, place.PadRight(width));
        if (answer.Why.Length > 0) _ = text.Append("# why: ").Append(answer.Why).Append('\n');
        if (answer.Raw is { } raw && raw != answer.Value) _ = text.Append("# before expansion: ").Append(Quoted(raw)).Append('\n');
        return text.ToString();
    }

    private static void Append(StringBuilder text, AssignmentAnswer entry, string place)
    {
        var flag = entry.Flag is null ? "" : $"[{entry.Flag}] ";
        _ = text.Append($"# {entry.Number,2}  {place}  {flag}{entry.Operator}");
        if (entry.Text.Length > 0 || entry.Operator.EndsWith('=')) _ = text.Append(' ').Append(Quoted(entry.Text));
        if (entry.Effect.Length > 0) _ = text.Append("  ← ").Append(entry.Effect);
        _ = text.Append('\n');
        if (entry.Before is { } before && entry.After is { } after && before != after) _ = text.Append($"#       {Quoted(before)} → {Quoted(after)}\n");
    }

    private static string PlaceOf(AssignmentAnswer entry) => (entry.Place.Length, entry.Layer.Length) switch
    {
        (0, _) => "strata",
        (_, 0) => entry.Place,
        _ => $"{entry.Place} ({entry.Layer})",
    };

    /// <summary>Everything stays on one line, and on a comment's.</summary>
    private static string Quoted(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
