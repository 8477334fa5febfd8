using System.Reflection;
using Strata.Cli.Verbs;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Core;

/// <summary>Every message that any stage can report has a code of its own and a page.</summary>
public sealed class RuleTests
{
    public static TheoryData<string> Stages => [.. ExplainVerb.Stages.Select(s => s.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Stages))]
    public void Every_rule_has_a_page_with_its_title(string stage)
    {
        var assembly = ExplainVerb.Stages.Single(s => s.GetName().Name == stage);
        var (rules, pages) = (RulesOf(assembly), new RulePages(assembly));

        Assert.NotEmpty(rules);
        Assert.Equal(rules.Select(r => r.Code).Distinct().Order(StringComparer.Ordinal), pages.Codes);
        Assert.All(rules, r => Assert.StartsWith($"# {r.Code}: {r.Title}\n\n", pages.Find(r.Code), StringComparison.Ordinal));
        Assert.All(pages.Codes, c => Assert.Contains("\n## What to do\n\n", pages.Find(c), StringComparison.Ordinal));
    }

    /// <summary>A code may come with two severities, never with two meanings.</summary>
    [Fact]
    public void No_code_has_two_meanings()
    {
        var titles = ExplainVerb.Stages.SelectMany(RulesOf).Select(r => (r.Code, r.Title)).Distinct();

        Assert.Empty(titles.GroupBy(t => t.Code).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Every_project_that_has_rules_is_a_stage()
    {
        var projects = Directory.EnumerateDirectories(RepositoryTree.Path("src")).Select(d => Path.GetFileName(d)).Where(n => n != "Strata.Cli")
            .Select(Assembly.Load).Append(typeof(ExplainVerb).Assembly);

        Assert.Equal(ExplainVerb.Stages.ToHashSet(), projects.Where(p => RulesOf(p) is not []).ToHashSet());
    }

    internal static Rule[] RulesOf(Assembly stage) =>
    [
        .. stage.GetTypes().Where(t => !t.ContainsGenericParameters).SelectMany(t => t.GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(Rule) || f.FieldType == typeof(QaRule)).Select(f => f.GetValue(null) is QaRule qa ? qa.Rule : (Rule)f.GetValue(null)!),
    ];
}
