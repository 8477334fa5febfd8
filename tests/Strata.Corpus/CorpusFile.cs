using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Strata.Corpus;

/// <summary>A file of recorded answers. Its content, not its name, says of which kind it is.</summary>
public sealed class CorpusFile : IDisposable
{
    private readonly Workspace? _workspace;

    private CorpusFile(ImmutableArray<CorpusCase> cases, Workspace? workspace) => (Cases, _workspace) = (cases, workspace);

    public ImmutableArray<CorpusCase> Cases { get; }

    /// <param name="baseLayer">The layer that every project of the corpus uses; null for the directory <c>base</c> beside the file.</param>
    /// <exception cref="InvalidDataException">The file is of no known kind.</exception>
    public static CorpusFile Open(string path, string? baseLayer)
    {
        if (path.EndsWith(".jsonl", StringComparison.Ordinal)) return OpenProjects(path, baseLayer);
        var name = Path.GetFileName(path);
        return JsonNode.Parse(File.ReadAllText(path)) switch
        {
            JsonObject { } texts when texts["cases"] is JsonArray => new(TextCorpus.Cases(name, texts), null),
            JsonArray { Count: > 0 } list when list[0] is JsonArray => new(VersionCorpus.Comparisons(name, list), null),
            JsonArray { Count: > 0 } list when list[0] is JsonObject first && first.ContainsKey("explode_deps") => new(VersionCorpus.Dependencies(name, list), null),
            _ => throw new InvalidDataException($"{path} holds no recorded answers of a known kind"),
        };
    }

    public void Dispose() => _workspace?.Dispose();

    private static CorpusFile OpenProjects(string path, string? baseLayer)
    {
        var beside = Path.Combine(Path.GetDirectoryName(path)!, "base");
        var workspace = new Workspace(baseLayer is null || Directory.Exists(beside) ? beside : baseLayer);
        return new([.. ProjectCase.ReadAll(path).Select(c => c.IsBuild ? BuildCorpus.Case(c, workspace) : ParseCorpus.Case(c, workspace))], workspace);
    }
}
