using System.Collections.Immutable;
using System.Xml.Linq;

namespace Strata.Tests.Architecture;

/// <summary>The arrows of the pipeline, stated once: what each project may use.</summary>
public sealed class ReferenceTests
{
    private static readonly ImmutableSortedDictionary<string, string[]> s_allowed = new Dictionary<string, string[]>
    {
        ["Core"] = [],
        ["Metadata"] = ["Core"],
        ["Graph"] = ["Core", "Metadata"],
        ["Cache"] = ["Core"],
        ["Fetch"] = ["Core", "Cache"],
        ["Sandbox"] = ["Core"],
        ["Execution"] = ["Core", "Graph", "Cache", "Sandbox"],
        ["Packaging"] = ["Core", "Cache"],
        ["Compliance"] = ["Core", "Packaging"],
        ["Cli"] = ["Core", "Metadata", "Graph", "Cache", "Fetch", "Sandbox", "Execution", "Packaging", "Compliance"],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_stage_uses_only_what_flows_into_it(string project)
    {
        var file = Path.Combine(Source(), $"Strata.{project}", $"Strata.{project}.csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)["Strata.".Length..]);

        Assert.Empty(references.Except(s_allowed[project]));
    }

    [Fact]
    public void Every_project_is_listed_here()
    {
        var present = Directory.EnumerateDirectories(Source(), "Strata.*").Select(d => Path.GetFileName(d)["Strata.".Length..]);

        Assert.Equal(s_allowed.Keys, present.Order(StringComparer.Ordinal));
    }

    private static string Source() => RepositoryTree.Path("src");
}
