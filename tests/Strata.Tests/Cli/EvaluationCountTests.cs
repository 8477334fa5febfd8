using System.Collections.Immutable;
using Strata.Cli;
using Strata.Cli.Answers;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Tests.Cli;

/// <summary>Commands on a warm cache, counted in recipes evaluated: none but those that the answer is about.</summary>
public sealed class EvaluationCountTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public EvaluationCountTests()
    {
        // In the image, in no image, and in the image through a group.
        _workspace.Write("meta-product/recipes-product/cve/zlib_%.bbappend", "CVE_STATUS[CVE-2030-0001] = \"fixed-version: since  1.0\"\n");
        _workspace.Write("meta-product/recipes-product/cve/bash_%.bbappend", "CVE_STATUS[CVE-2030-0002] = \"ignored: elsewhere\"\n");
        _workspace.Write("meta-product/recipes-product/cve/curl_%.bbappend", "CVE_STATUS_GROUPS = \"OLD\"\nOLD = \"CVE-2030-0003\"\nOLD[status] = \"ignored: old\"\n");
        // As long as files are younger than a tick of the clock, each load looks into them and notes that they are the same.
        for (var i = 0; Load().FilesRead > 0; i++) Assert.True(i < 100, "every load reads files");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_check_evaluates_neither_recipes_nor_configuration_and_reads_no_metadata()
    {
        var metadata = Load();

        Assert.Empty(Evaluated(metadata));
        Assert.False(metadata.Source.IsValueCreated);
        Assert.Equal(0, metadata.FilesRead);
    }

    [Fact]
    public void A_list_of_all_recipes_evaluates_none()
    {
        var metadata = Load();

        Assert.All(metadata.Recipes, r => Assert.NotEmpty(RecipeReader.VersionOf(r)));
        Assert.Empty(Evaluated(metadata));
    }

    [Theory]
    [InlineData("app-native")]
    [InlineData("target-image")]
    public void A_graph_evaluates_the_recipes_that_are_in_it(string target)
    {
        var metadata = Load();
        var graph = Resolve(metadata, target);

        var needed = graph.Tasks.Select(t => t.RecipeName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(needed, Evaluated(metadata));
    }

    [Fact]
    public void Missing_packages_of_all_recipes_evaluate_none()
    {
        var metadata = Load();

        Assert.NotNull(NewSession().MissingPackages(metadata, [], CancellationToken.None));
        Assert.Empty(Evaluated(metadata));
    }

    [Theory]
    [InlineData("target-image")]
    [InlineData("bash target-image")]
    public void An_image_knows_the_vulnerabilities_of_what_is_in_it_whatever_else_is_built(string targets)
    {
        var metadata = Load();
        _ = Resolve(metadata, targets.Split(' '));

        var image = metadata.Recipes.Single(r => r.Name == "target-image");
        Assert.Equal("curl\tCVE-2030-0003\tignored: old\nzlib\tCVE-2030-0001\tfixed-version: since 1.0\n", image.Variables.Get("CVE_STATUSES"));
    }

    private LoadedMetadata Load() => NewSession().Load(CancellationToken.None) ?? throw new InvalidOperationException("the workspace does not load");

    private TaskGraph Resolve(LoadedMetadata metadata, params string[] targets) =>
        NewSession().Resolve(metadata, targets, CancellationToken.None) ?? throw new InvalidOperationException("there is no graph");

    private Session NewSession()
    {
        var environment = ImmutableSortedDictionary<string, string>.Empty;
        return new(Workspace.Find(_workspace.Top, environment)!, environment, new EventStream());
    }

    private static IEnumerable<string> Evaluated(LoadedMetadata metadata) =>
        metadata.Recipes.Where(r => r.IsEvaluated).Select(r => r.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
