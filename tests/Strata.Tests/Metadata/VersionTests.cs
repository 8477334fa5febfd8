using System.Text.Json.Nodes;
using Strata.Metadata;

namespace Strata.Tests.Metadata;

public sealed class VersionTests
{
    [Fact]
    public void Versions_are_ordered_as_BitBake_orders_them()
    {
        var wrong = Read("vercmp.json").Select(p => p!.AsArray()).Where(p => Math.Sign(VersionOrder.Compare((string)p[0]!, (string)p[1]!)) != Sign((string)p[2]!));

        Assert.Empty(wrong.Select(p => p.ToJsonString()));

        static int Sign(string text) => Math.Sign(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Numbers_of_any_length_compare_by_value() =>
        Assert.True(PackageVersion.Parse("1.99999999999999999999999999") < PackageVersion.Parse("1.0100000000000000000000000000"));

    [Fact]
    public void Dependency_texts_are_split_as_BitBake_splits_them()
    {
        foreach (var recorded in Read("explode.json").Select(c => c!.AsObject()))
        {
            var text = (string)recorded["text"]!;
            Assert.Equal(recorded["explode_deps"]!.AsArray().Select(n => (string)n!), DependencyList.Names(text));
            if (recorded["explode_dep_versions2"]!["error"] is not null)
            {
                _ = Assert.Throws<FormatException>(() => DependencyList.WithVersions(text));
                continue;
            }
            var expected = recorded["explode_dep_versions2"]!.AsObject().Select(e => $"{e.Key}: {string.Join(", ", e.Value!.AsArray())}");
            Assert.Equal(expected, DependencyList.WithVersions(text).Select(e => $"{e.Name}: {string.Join(", ", e.Constraints)}"));
        }
    }

    private static JsonArray Read(string file) => JsonNode.Parse(File.ReadAllText(RepositoryTree.Path($"tests/corpus/parse/{file}")))!.AsArray();
}
