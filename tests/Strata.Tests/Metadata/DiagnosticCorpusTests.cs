using System.Reflection;
using Strata.Cache;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Metadata;
using Strata.Sandbox;

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

    [Theory]
    [InlineData(typeof(MetadataRules))]
    [InlineData(typeof(GraphRules))]
    [InlineData(typeof(SandboxRules))]
    [InlineData(typeof(ExecutionRules))]
    [InlineData(typeof(CacheRules))]
    public void Every_rule_has_a_page_with_its_title(Type stage)
    {
        var (rules, pages) = (RulesOf(stage), new RulePages(stage.Assembly));

        Assert.NotEmpty(rules);
        Assert.Equal(rules.Select(r => r.Code).Distinct().Order(StringComparer.Ordinal), pages.Codes);
        Assert.All(rules, r => Assert.StartsWith($"# {r.Code}: ", pages.Find(r.Code), StringComparison.Ordinal));
        Assert.All(pages.Codes, c => Assert.Contains("\n## What to do\n\n", pages.Find(c), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        var cases = Directory.EnumerateFiles(Corpus).Select(f => Path.GetFileName(f).Split('-')[0]).Append("STR2035").ToHashSet();   // STR2035: OddFilesTests

        Assert.Empty(RulesOf(typeof(MetadataRules)).Select(r => r.Code).Distinct().Except(cases));
    }

    private static Rule[] RulesOf(Type stage) => [.. stage.GetFields(BindingFlags.NonPublic | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<Rule>()];
}
