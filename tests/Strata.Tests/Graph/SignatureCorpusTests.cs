using System.Text.Json;
using Strata.Core;
using Strata.Graph.Keys;
using Strata.Metadata;

namespace Strata.Tests.Graph;

/// <summary>The dependencies and base hashes that BitBake recorded for tasks.</summary>
public sealed class SignatureCorpusTests
{
    public static TheoryData<string> Names => [.. Cases().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Base_hashes_are_those_of_BitBake(string name)
    {
        var recorded = Cases().First(c => c.GetProperty("name").GetString() == name);
        using var project = new CorpusProject(recorded);
        var diagnostics = new Diagnostics();
        var metadata = MetadataLoader.Load(new() { TopDirectory = project.Root, Threads = 1 }, diagnostics, CancellationToken.None);
        var expected = recorded.GetProperty("expected");
        var recipe = metadata.Recipes.Single(r => Path.GetFileName(r.File) == expected.GetProperty("recipe").GetString() && r.Variant == expected.GetProperty("variant").GetString());
        var analysis = new SignatureAnalysis(metadata.Configuration);
        foreach (var task in expected.GetProperty("sig").EnumerateObject())
        {
            var signature = analysis.Of(recipe, task.Name);
            Assert.Equal(task.Value.GetProperty("deps").EnumerateArray().Select(d => d.GetString()!), signature.Dependencies);
            Assert.Equal(task.Value.GetProperty("value").GetString(), signature.Text);
            Assert.Equal(
                task.Value.GetProperty("values").EnumerateObject().Where(v => v.Value.ValueKind == JsonValueKind.String).ToDictionary(v => v.Name, v => v.Value.GetString()!),
                signature.Texts);
            Assert.Equal(task.Value.GetProperty("basehash").GetString(), signature.BaseHash);
        }
    }

    private static IEnumerable<JsonElement> Cases() =>
        File.ReadLines(RepositoryTree.Path("tests/corpus/graph/signatures.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);
}
