using System.Text.Json;
using Strata.Metadata.Expressions;

namespace Strata.Tests.Metadata.Expressions;

/// <summary>Expressions whose results BitBake printed.</summary>
public sealed class ExpressionCorpusTests
{
    public static TheoryData<string, string?, string?> Cases()
    {
        var data = new TheoryData<string, string?, string?>();
        foreach (var entry in Corpus().GetProperty("cases").EnumerateArray())
        {
            var result = entry.GetProperty("result");
            var text = entry.GetProperty("text").GetString()!;
            if (result.ValueKind == JsonValueKind.String) data.Add(text, result.GetString(), null);
            else data.Add(text, null, result.GetProperty("error").GetString());
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_recorded_expression_gives_what_BitBake_gave(string text, string? expected, string? error)
    {
        var scope = Scope();
        if (error is null) Assert.Equal(expected, scope.Expand(text));
        else Assert.Equal(error, Assert.Throws<ExpressionException>(() => scope.Expand(text)).Kind);
    }

    [Fact]
    public void The_corpus_is_there() => Assert.True(Cases().Count > 200);

    private static JsonElement Corpus() =>
        JsonDocument.Parse(File.ReadAllBytes(RepositoryTree.Path("tests/corpus/expressions/exprs.json"))).RootElement;

    /// <summary>The corpus's variables; those it describes with overrides and edits stand here with their final values.</summary>
    private static CorpusScope Scope()
    {
        var variables = Corpus().GetProperty("variables").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        variables["OV"] = variables["OV:ob"] = "over";
        variables["AP"] = " app";
        return new(variables) { Flags = { [("FLAGGED", "f")] = "flag ${A}" } };
    }
}
