using System.Text.Json;
using Strata.Metadata;

namespace Strata.Tests.Graph;

public sealed class VersionTests
{
    [Fact]
    public void Versions_are_ordered_as_BitBake_orders_them()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(RepositoryTree.Path("tests/corpus/graph/vercmp.json")));
        var wrong = cases.RootElement.EnumerateArray().Select(c => (A: c[0].GetString()!, B: c[1].GetString()!, Expected: c[2].GetString()!))
            .Where(c => Sign(PackageVersion.Parse(c.A).CompareTo(PackageVersion.Parse(c.B))) != Sign(int.Parse(c.Expected, System.Globalization.CultureInfo.InvariantCulture)))
            .ToList();
        Assert.Empty(wrong);

        static int Sign(int order) => Math.Sign(order);
    }

    [Fact]
    public void Dependency_strings_are_read_as_BitBake_reads_them()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(RepositoryTree.Path("tests/corpus/graph/explode.json")));
        foreach (var c in cases.RootElement.EnumerateArray())
            Assert.Equal(c.GetProperty("explode_deps").EnumerateArray().Select(n => n.GetString()), DependencyList.Names(c.GetProperty("text").GetString()));
    }

    [Fact]
    public void Numbers_of_any_length_compare_by_value() =>
        Assert.True(PackageVersion.Parse("1.99999999999999999999999999") < PackageVersion.Parse("1.0100000000000000000000000000"));
}
