using System.Text;

namespace Strata.Tests.Metadata;

/// <summary>Files that nobody writes on purpose.</summary>
public sealed class OddFilesTests : IDisposable
{
    private readonly LayerWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Line_ends_of_other_systems_do_not_matter()
    {
        var recipe = _workspace.Recipe("a.bb", "A = \"1 \\\r\n  2\"\r\ndo_x () {\r\n\techo\r\n}\r\n").LoadOne();

        Assert.Equal("1   2", recipe.Variables.Get("A"));
        Assert.Equal("\techo\n", recipe.Variables.Get("do_x"));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_an_error_at_the_file()
    {
        _ = _workspace.WriteBytes("meta-x/recipes/a.bb", [(byte)'A', (byte)' ', 0xff, 0xfe]).Load();

        Assert.StartsWith("meta-x/recipes/a.bb: error STR2035", Assert.Single(_workspace.Report()), StringComparison.Ordinal);
    }

    /// <summary>BitBake does not take it off either, so that the first statement is not understood.</summary>
    [Fact]
    public void A_byte_order_mark_is_an_error_in_the_first_line()
    {
        _ = _workspace.WriteBytes("meta-x/recipes/a.bb", [.. Encoding.UTF8.Preamble, .. "A = \"1\"\n"u8]).Load();

        Assert.StartsWith("meta-x/recipes/a.bb:1:1: error STR2001", Assert.Single(_workspace.Report()), StringComparison.Ordinal);
    }

    [Fact]
    public void Tabs_stand_where_blanks_may()
    {
        var recipe = _workspace.Recipe("a.bb", "A\t=\t\"1\t2\"\nexport\tB\naddtask\tx\tafter\tdo_build\n").LoadOne();

        Assert.Equal("1\t2", recipe.Variables.Get("A"));
    }

    [Fact]
    public void Ten_million_characters_on_one_line_are_one_value()
    {
        var recipe = _workspace.Recipe("a.bb", $"A = \"{new string('x', 10_000_000)}\"\nB = \"${{A}}\"\n").LoadOne();

        Assert.Equal(10_000_000, recipe.Variables.Get("B")!.Length);
    }

    [Fact]
    public void A_directory_named_like_a_recipe_is_no_recipe_that_loads()
    {
        var metadata = _workspace.Write("meta-x/recipes/dir.bb/keep", "").Recipe("a.bb", "").Load();

        Assert.Equal(["a"], metadata.Recipes.Select(r => r.Name));
        Assert.Contains("dir.bb", Assert.Single(_workspace.Report()), StringComparison.Ordinal);
    }
}
