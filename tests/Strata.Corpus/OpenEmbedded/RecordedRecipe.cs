using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Strata.Corpus.OpenEmbedded;

/// <summary>What BitBake said about one variant of a recipe. A null value is a variable without one.</summary>
internal sealed record RecordedRecipe(
    string File, string Variant, IReadOnlyList<KeyValuePair<string, string?>> Variables, IReadOnlyList<KeyValuePair<string, string?>> Flags,
    IReadOnlyList<KeyValuePair<string, string[]>> Tasks, string[] Inherits)
{
    /// <summary>Reads <c>.jsonl</c> or <c>.jsonl.xz</c>, one object a line.</summary>
    public static IEnumerable<RecordedRecipe> ReadAll(string path) => Lines(path).Select(l => Of(JsonNode.Parse(l)!.AsObject()));

    private static IEnumerable<string> Lines(string path)
    {
        if (!path.EndsWith(".xz", StringComparison.Ordinal)) return System.IO.File.ReadLines(path);
        return Unpacked(path);
    }

    private static IEnumerable<string> Unpacked(string path)
    {
        using var xz = Process.Start(new ProcessStartInfo("xz", ["--decompress", "--stdout", path]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("xz does not start; install xz-utils");
        while (xz.StandardOutput.ReadLine() is { } line) yield return line;
        xz.WaitForExit();
        if (xz.ExitCode != 0) throw new InvalidDataException($"xz cannot unpack {path}");
    }

    private static RecordedRecipe Of(JsonObject line) => new(
        (string)line["file"]!, (string)line["variant"]!, Texts(line["vars"]), Texts(line["flags"]),
        [.. line["tasks"]!.AsObject().Select(t => KeyValuePair.Create(t.Key, Strings(t.Value)))], Strings(line["inherits"]));

    private static KeyValuePair<string, string?>[] Texts(JsonNode? node) => [.. node!.AsObject().Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))];

    private static string[] Strings(JsonNode? node) => [.. node!.AsArray().Select(t => (string)t!)];
}
