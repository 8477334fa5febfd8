using System.Text.Json;
using Strata.Cli;

namespace Strata.Tests.Cli;

/// <summary>What is wrong with the metadata, for people and for programs, and what the codes mean.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Sound_metadata_is_counted() =>
        (await _workspace.Strata("check")).Succeeds().Prints("recipes of 3 layers are fine.");

    [Fact]
    public async Task Recipes_that_depend_on_anonymous_Python_show_where_it_is()
    {
        _workspace.Write("meta-product/recipes-product/snake/snake_1.bb", "SUMMARY = \"a\"\n\npython () {\n    d.setVar('A', 'b')\n}\n");

        (await _workspace.Strata("check")).Succeeds().Prints("STR2012", "snake_1.bb:3");
        (await _workspace.Strata("recipe show snake")).Succeeds().Prints("not run", "snake_1.bb:3");
        Assert.DoesNotContain("not run", (await _workspace.Strata("recipe show app-native")).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_reported_all_at_once_with_their_lines()
    {
        BreakTwoRecipes();

        var run = (await _workspace.Strata("check")).EndsWith(ExitCode.BadMetadata);

        Assert.Contains("bad_1.bb:2:", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("inherit autotool", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("worse_1.bb:1:", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("are fine", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_one_object_a_line_every_time()
    {
        BreakTwoRecipes();

        var first = await Findings();
        var second = await Findings();      // what was kept of the first load is reported again

        var missing = Assert.Single(first, f => f.GetProperty("code").GetString() == "STR2004");
        Assert.Equal("error", missing.GetProperty("severity").GetString());
        Assert.Equal(Path.Combine(_workspace.Top, "meta-product/recipes-product/bad/bad_1.bb"), missing.GetProperty("file").GetString());
        Assert.Equal(2, missing.GetProperty("line").GetInt32());
        Assert.Contains("autotool", missing.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(first.Select(f => f.GetRawText()), second.Select(f => f.GetRawText()));
    }

    [Fact]
    public async Task Every_code_that_has_a_page_is_listed_and_explained()
    {
        var list = (await _workspace.Strata("explain")).Succeeds().Prints("STR2004: Class not found", "STR3001: Unknown target").Output;
        foreach (var line in list.TrimEnd('\n').Split('\n'))
            _ = (await _workspace.Strata($"explain {line.Split(':')[0].ToLowerInvariant()}")).Succeeds().Prints($"# {line}\n", "## What to do");
    }

    [Fact]
    public async Task An_unknown_code_is_refused_with_one_that_is_near() =>
        (await _workspace.Strata("explain STR204")).EndsWith(ExitCode.Usage).Complains("STR204", "hint");

    [Fact]
    public async Task Variables_and_classes_of_the_layers_are_explained()
    {
        (await _workspace.Strata("explain IMAGE_INSTALL")).Succeeds().Prints("The packages of the image", "strata getvar IMAGE_INSTALL --history");
        (await _workspace.Strata("explain class:image")).Succeeds().Prints("An image: packages in", "    inherit image\n");
        (await _workspace.Strata("explain IMAGE_INSTAL")).EndsWith(ExitCode.Usage).Complains("did you mean IMAGE_INSTALL?");
        (await _workspace.Strata("explain class:imag")).EndsWith(ExitCode.Usage).Complains("did you mean class:image?");
    }

    private void BreakTwoRecipes()
    {
        _workspace.Write("meta-product/recipes-product/bad/bad_1.bb", "SUMMARY = \"a\"\ninherit autotool\n");
        _workspace.Write("meta-product/recipes-product/bad/worse_1.bb", "SUMMARY \"no operator\"\n");
    }

    private async Task<JsonElement[]> Findings()
    {
        var run = (await _workspace.Strata("check --json")).EndsWith(ExitCode.BadMetadata);
        return [.. run.Output.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement)];
    }
}
