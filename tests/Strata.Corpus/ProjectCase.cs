using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Corpus;

/// <summary>One recorded project: its files, what to ask or which commands to run, and what BitBake answered.</summary>
public sealed record ProjectCase(string Name, JsonObject Files, JsonObject Question, JsonObject Expected)
{
    /// <summary>Reads a file of one JSON object a line.</summary>
    public static ImmutableArray<ProjectCase> ReadAll(string path) =>
        [.. File.ReadLines(path).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject())
                .Select(o => new ProjectCase((string)o["name"]!, o["files"]!.AsObject(), o["case"]!.AsObject(), o["expected"]!.AsObject()))];

    /// <summary>A whole run of commands, as opposed to questions about one recipe.</summary>
    public bool IsBuild => Question.ContainsKey("steps");

    /// <summary>The strings of a list in the question; empty if it does not ask for that.</summary>
    public ImmutableArray<string> Asked(string key) => Question[key] is JsonArray list ? [.. list.Select(n => (string)n!)] : [];

    public bool Asks(string key) => Question[key]?.GetValueKind() == JsonValueKind.True;

    public string Text(string key) => (string?)Question[key] ?? "";
}
