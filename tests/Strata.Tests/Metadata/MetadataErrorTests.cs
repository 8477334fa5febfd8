using Strata.Metadata;

namespace Strata.Tests.Metadata;

/// <summary>What a user reads when something is wrong: place, cause, and what to type.</summary>
public sealed class MetadataErrorTests : IDisposable
{
    private readonly LayerWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("  A = \"x\"\n", "a.bb:1:3: error STR2001: cannot understand 'A = \"x\"'", "first column")]
    [InlineData("A = \"x\n", "a.bb:1:5: error STR2001:", "no closing \"")]
    [InlineData("A = x\n", "a.bb:1:5: error STR2001:", "quote the value")]
    [InlineData("A = \"x\" # note\n", "a.bb:1:9: error STR2001:", "comment to a line of its own")]
    [InlineData("do_x ()\n{\n}\n", "a.bb:1:7: error STR2001:", "same line")]
    [InlineData("A = \"1\"\ndo_x () {\n\t:\n", "a.bb:2:1: error STR2006:", "exactly '}'")]
    [InlineData("A = \"1 \\\n# c\n  2\"\n", "a.bb:2:1: error STR2002:", "above the line")]
    [InlineData("A_append = \"x\"\n", "a.bb:1:1: error STR2009:", "write 'A:append'")]
    [InlineData("B = \"1\"\ninherit bsae\n", "a.bb:2:9: error STR2004: no layer has a class named 'bsae'", "did you mean 'base'?")]
    [InlineData("require gone.inc\n", "a.bb:1:9: error STR2003: no file 'gone.inc'", "write 'include'")]
    [InlineData("A := \"${@1/0}\"\n", "a.bb:1:1: error STR2008: A: ${@1/0}: ZeroDivisionError", "")]
    [InlineData("require notes.txt\n", "error STR2003", "")]
    public void A_broken_recipe_is_reported_where_it_breaks(string text, string report, string hint)
    {
        _ = _workspace.Recipe("a.bb", text).Load();

        var errors = _workspace.Report().Where(r => r.Contains("error", StringComparison.Ordinal)).ToArray();
        Assert.Contains(errors, e => e.Contains(report, StringComparison.Ordinal) && e.Contains(hint, StringComparison.Ordinal));
    }

    [Fact]
    public void A_broken_recipe_does_not_take_the_others_with_it()
    {
        var metadata = _workspace.Recipe("bad.bb", "nonsense\n").Recipe("good.bb", "A = \"1\"\n").Load();

        Assert.Equal(["good"], metadata.Recipes.Select(r => r.Name));
        Assert.True(_workspace.Diagnostics.HasErrors);
    }

    [Fact]
    public void All_broken_lines_of_a_file_are_reported_at_once()
    {
        _ = _workspace.Recipe("a.bb", "one\nA = \"1\"\ntwo\n").Load();

        Assert.Equal([1, 3], _workspace.Diagnostics.Sorted().Select(d => d.Place.Line));
    }

    [Fact]
    public void An_append_without_recipe_is_an_error_with_the_nearest_recipe()
    {
        _ = _workspace.Recipe("hello_1.0.bb", "").Recipe("helo_1.0.bbappend", "").Load();

        Assert.Contains("STR2028: no recipe for 'helo_1.0.bbappend'\n  hint: did you mean 'hello_1.0.bbappend'?", Assert.Single(_workspace.Report()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_layer_is_an_error_at_BBLAYERS()
    {
        _ = _workspace.Write("conf/bblayers.conf", "BBPATH = \"${TOPDIR}\"\nBBLAYERS = \"${TOPDIR}/base ${TOPDIR}/gone\"\n").Load();

        Assert.Contains("conf/bblayers.conf:2:1: error STR2021: the layer", Assert.Single(_workspace.Report()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_layers_is_no_workspace()
    {
        var diagnostics = new Strata.Core.Diagnostics();
        var empty = Directory.CreateTempSubdirectory("strata-metadata-").FullName;

        _ = MetadataLoader.Load(new() { TopDirectory = empty }, diagnostics, CancellationToken.None);

        Assert.Equal("STR2020", Assert.Single(diagnostics.Sorted()).Rule.Code);
        Directory.Delete(empty);
    }

    [Fact]
    public void Python_is_skipped_with_a_warning_that_names_the_line()
    {
        var recipe = _workspace.Recipe("a.bb", "python do_x () {\n    pass\n}\npython () {\n    d.setVar('A', '1')\n}\ndef f(d):\n    return 'f'\nA = \"${@f(d)}\"\n").LoadOne();

        Assert.Equal("f", recipe.Variables.Get("A"));
        Assert.Equal([(1, "STR2012"), (4, "STR2012"), (7, "STR2013")], _workspace.Diagnostics.Sorted().Select(d => (d.Place.Line, d.Rule.Code)));
    }

    [Fact]
    public void An_expression_that_asks_for_the_host_stays_unevaluated_and_says_so()
    {
        var recipe = _workspace.Recipe("a.bb", "A := \"${@os.getenv('HOME')}\"\n").LoadOne();

        Assert.Equal("STR2042", Assert.Single(_workspace.Diagnostics.Sorted()).Rule.Code);
        _ = Assert.Throws<ExpansionException>(() => recipe.Variables.Get("A"));
    }
}
