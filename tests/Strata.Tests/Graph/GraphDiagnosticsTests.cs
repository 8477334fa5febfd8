namespace Strata.Tests.Graph;

public sealed class GraphDiagnosticsTests : IDisposable
{
    private const string Task = """

        do_compile () {
            :
        }
        do_compile[deptask] = "do_compile"
        addtask compile before do_build
        """;

    private readonly GraphWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void An_unknown_target_brings_the_nearest_name()
    {
        _workspace.Recipe("busybox", Task);
        Expect("bussybox", "STR3001", "did you mean 'busybox'?");
    }

    [Fact]
    public void A_package_as_target_brings_the_recipe_that_makes_it()
    {
        _workspace.Recipe("curl", "PACKAGES += \"libcurl4\"" + Task);
        Expect("libcurl4", "STR3001", "did you mean 'curl'?");
    }

    [Fact]
    public void An_unknown_task_brings_the_nearest_one()
    {
        _workspace.Recipe("a", Task);
        Expect("a:compil", "STR3005", "did you mean 'a:do_compile'?");
    }

    [Fact]
    public void A_missing_dependency_says_who_asked_for_it_and_where()
    {
        _workspace.Recipe("lib", "SUMMARY = \"x\"\nDEPENDS = \"zlibb\"" + Task).Recipe("zlib", Task);
        _workspace.Recipe("app", "DEPENDS = \"virtual/lib\"" + Task);
        _workspace.Recipe("lib", "PROVIDES += \"virtual/lib\"\nDEPENDS = \"zlibb\"" + Task);
        var error = Expect("app", "STR3002", "did you mean 'zlib'?");
        Assert.Contains("needed by lib (as virtual/lib), needed by app", error.Message);
        Assert.Equal((_workspace.PathOf("meta-a/recipes/lib_1.0.bb"), 2), (error.Place.File, error.Place.Line));
        Assert.Equal((_workspace.PathOf("meta-a/recipes/app_1.0.bb"), 1), (Assert.Single(error.Related).File, error.Related[0].Line));
    }

    [Fact]
    public void A_missing_package_says_that_it_is_one()
    {
        _workspace.Recipe("a", "RDEPENDS:${PN} = \"libz\"" + Task);
        Expect("a", "STR3003", "RDEPENDS names packages");
    }

    [Fact]
    public void A_dependency_that_is_missing_counts_even_if_no_task_needs_it()
    {
        _workspace.Recipe("b", "DEPENDS = \"none\"" + Task).Recipe("a", "DEPENDS = \"b\"\ndo_x () {\n    :\n}\naddtask x before do_build");
        Expect("a", "STR3002", "");
    }

    [Fact]
    public void A_circle_is_shown_with_all_its_tasks()
    {
        _workspace.Recipe("a", "DEPENDS = \"b\"" + Task).Recipe("b", "DEPENDS = \"c\"" + Task).Recipe("c", "DEPENDS = \"a\"" + Task);
        var error = Expect("a", "STR3008", "");
        Assert.Equal("circular dependency: a:do_compile → b:do_compile → c:do_compile → a:do_compile", error.Message);
        Assert.Equal(["a_1.0.bb:1", "b_1.0.bb:1", "c_1.0.bb:1"], error.Related.Prepend(error.Place).Select(p => $"{Path.GetFileName(p.File)}:{p.Line}"));
    }

    [Theory]
    [InlineData("do_compile[depends] = \"b:do_compil\"", "STR3006")]
    [InlineData("do_compile[rdepends] = \"b\"", "STR3007")]
    [InlineData("do_compile[mcdepends] = \"mc::two:b:do_compile\"", "STR3016")]
    public void Broken_task_dependencies_are_errors_at_their_line(string line, string code)
    {
        _workspace.Recipe("a", line + Task).Recipe("b", Task);
        var error = Expect("a", code, "");
        Assert.Equal(1, error.Place.Line);
    }

    [Fact]
    public void Two_providers_of_one_name_in_one_build_are_an_error_unless_allowed()
    {
        _workspace.Recipe("x1", "PROVIDES += \"virtual/x\"" + Task).Recipe("x2", "PROVIDES += \"virtual/x\"" + Task).Recipe("a", "DEPENDS = \"x1 x2\"" + Task);
        Expect("a", "STR3010", "BB_MULTI_PROVIDER_ALLOWED");
        _workspace.Write("conf/local.conf", "BB_MULTI_PROVIDER_ALLOWED = \"virtual/x\"");
        Assert.NotNull(_workspace.Build("a"));
    }

    [Fact]
    public void A_required_version_that_is_missing_is_an_error_and_a_preferred_one_a_warning()
    {
        _workspace.Recipe("a_1.0", Task);
        _workspace.Write("conf/local.conf", "PREFERRED_VERSION_a = \"2\"");
        Assert.NotNull(_workspace.Build("a"));
        Assert.Equal(["STR3012"], _workspace.Codes);
        _workspace.Write("conf/local.conf", "REQUIRED_VERSION_a = \"2\"");
        Expect("a", "STR3013", "");
    }

    [Theory]
    [InlineData("do_compile[depends] = \"a:do_late\"\naddtask late after do_compile before do_build", "a_1.0.bb:2", "a_1.0.bb:1")]
    [InlineData("addtask late after do_compile before do_compile", "a_1.0.bb:1", "a_1.0.bb:1")]
    public void Each_edge_of_a_circle_inside_a_recipe_has_its_line(string lines, params string[] places)
    {
        _workspace.Recipe("a", lines + Task);
        var error = Expect("a", "STR3008", "");
        Assert.Equal(places.Order(), error.Related.Prepend(error.Place).Select(p => $"{Path.GetFileName(p.File)}:{p.Line}").Order());
    }

    [Fact]
    public void A_target_in_an_unknown_configuration_is_refused() => Expect("mc:two:a", "STR3016", "");

    [Fact]
    public void A_function_that_is_no_shell_is_an_error_at_its_place()
    {
        _workspace.Recipe("a", "A = \"\"\ndo_t () {\n    if true; then ${A}\n}\naddtask t before do_build");
        Assert.Null(_workspace.Build("a"));
        Assert.Equal(["STR3022"], _workspace.Codes);
    }

    [Fact]
    public void No_target_is_an_error()
    {
        Assert.Null(_workspace.Build());
        Assert.Equal(["STR3021"], _workspace.Codes);
    }

    [Fact]
    public void A_broken_pattern_is_an_error()
    {
        _workspace.Recipe("a", "PACKAGES_DYNAMIC = \"^a-(\"" + Task);
        Expect("a", "STR3017", "");
    }

    private Strata.Core.Diagnostic Expect(string target, string code, string hint)
    {
        Assert.Null(_workspace.Build(target));
        Assert.Equal([code], _workspace.Codes);
        var error = _workspace.Diagnostics.Sorted()[0];
        Assert.Contains(hint, error.Hint);
        return error;
    }
}
