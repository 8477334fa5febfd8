using Strata.Metadata;
using Strata.Tests.Core;

namespace Strata.Tests.Metadata;

/// <summary>
/// What users read, word for word. A case is a text file: sections "== PATH" are the files of a workspace ("== !PATH": a file that is
/// removed), "== expected" is everything that is reported. With STRATA_ACCEPT=1 the expected part is rewritten and the test skipped.
/// </summary>
public sealed class DiagnosticCorpusTests
{
    private const string Mark = "== ";
    private const string Expected = "expected";

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Corpus, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    private static string Corpus => RepositoryTree.Path("tests/corpus/diagnostics");

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_is_reported_as_recorded(string name)
    {
        var file = Path.Combine(Corpus, name + ".txt");
        var text = File.ReadAllText(file);
        var sections = text[Mark.Length..].Split("\n" + Mark).Select(s => s.Split('\n', 2)).ToDictionary(s => s[0], s => s.Length > 1 ? s[1] : "");
        using var workspace = new LayerWorkspace();
        foreach (var (path, content) in sections.Where(s => s.Key != Expected))
            _ = path[0] == '!' ? workspace.Remove(path[1..]) : workspace.Write(path, content.Length == 0 || content.EndsWith('\n') ? content : content + "\n");

        _ = workspace.Load();

        var actual = workspace.ReportWithSource();
        if (Environment.GetEnvironmentVariable("STRATA_ACCEPT") == "1")
        {
            File.WriteAllText(file, text[..text.IndexOf($"{Mark}{Expected}\n", StringComparison.Ordinal)] + $"{Mark}{Expected}\n{actual}");
            Assert.Skip("accepted");
        }
        Assert.Equal(sections[Expected], actual);
        Assert.Contains(name.Split('-')[0], actual, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        var cases = Directory.EnumerateFiles(Corpus).Select(f => Path.GetFileName(f).Split('-')[0]).Concat(["STR2035", "STR2048"]).ToHashSet();   // OddFilesTests: files of other kinds than text

        Assert.Empty(RuleTests.RulesOf(typeof(MetadataRules).Assembly).Select(r => r.Code).Except(cases));
    }
}
