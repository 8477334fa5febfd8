using System.Text.Json;
using Strata.Core;

namespace Strata.Tests.Graph;

/// <summary>One recorded project written to a temporary directory, beside the configuration layer that all of them use.</summary>
internal sealed class CorpusProject : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("strata-corpus-").FullName;
    private readonly JsonElement _case;

    public CorpusProject(JsonElement recorded)
    {
        _case = recorded;
        Root = Path.Combine(_scratch, "cases", "case");
        var layer = RepositoryTree.Path("tests/corpus/parse/base");
        foreach (var file in Directory.EnumerateFiles(layer, "*", SearchOption.AllDirectories))
            Write(Path.Combine(_scratch, "_base", Path.GetRelativePath(layer, file)), File.ReadAllText(file));
        foreach (var file in recorded.GetProperty("files").EnumerateObject())
            if (file.Value.ValueKind == JsonValueKind.String) Write(Path.Combine(Root, file.Name), file.Value.GetString()!);
    }

    public string Root { get; }

    public static IEnumerable<string> Targets(JsonElement step)
    {
        var words = step.GetProperty("args").GetString()!.Split(' ').Where(w => w != "-g").ToList();
        var at = words.IndexOf("-c");
        return at < 0 ? words : words[..at].Select(t => $"{t}:{words[at + 1]}");
    }

    /// <summary>Each step with what BitBake gave for it; the step's edits are made first.</summary>
    public IEnumerable<(JsonElement Step, JsonElement Expected)> Steps()
    {
        var steps = _case.GetProperty("case").GetProperty("steps").EnumerateArray();
        foreach (var (step, expected) in steps.Zip(_case.GetProperty("expected").GetProperty("steps").EnumerateArray()))
        {
            if (step.TryGetProperty("edit", out var edits))
                foreach (var edit in edits.EnumerateObject()) Write(Path.Combine(Root, edit.Name), edit.Value.GetString()!);
            yield return (step, expected);
        }
    }

    public void Dispose() => FileTree.Delete(_scratch);

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
