using Strata.Core;
using Strata.Metadata;

namespace Strata.Tests.Metadata;

/// <summary>No input makes the parser run for ever or without bound: what would, ends in an error with a place.</summary>
public sealed class HostileInputTests : IDisposable
{
    private readonly LayerWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("f.bb", "")]
    [InlineData("f.inc", "require f.inc\n")]
    [InlineData("f.bbappend", "")]
    public async Task Nobody_waits_for_a_pipe(string pipe, string recipe)
    {
        _ = _workspace.Recipe("a.bb", recipe).Recipe("f_1.bb", "").Write("meta-x/recipes/keep", "");
        await MakePipe(_workspace.PathOf($"meta-x/recipes/{pipe}"));

        _ = _workspace.Load();

        Assert.Contains(_workspace.Report(), r => r.StartsWith($"meta-x/recipes/{pipe}: error STR20", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("z.inc")]
    [InlineData("gone/z.inc")]
    public void What_a_link_leads_to_is_read_only_if_it_is_a_file(string target)
    {
        _ = _workspace.Recipe("a.bb", "require z.inc\n");
        _ = File.CreateSymbolicLink(_workspace.PathOf("meta-x/recipes/z.inc"), target);

        _ = _workspace.Load();

        Assert.Contains(_workspace.Report(), r => r.Contains("z.inc", StringComparison.Ordinal) && r.Contains("error STR20", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_a_terabyte_is_refused_before_it_is_read()
    {
        _ = _workspace.Recipe("a.bb", "");
        using (var file = File.OpenWrite(_workspace.PathOf("meta-x/recipes/a.bb"))) file.SetLength(1L << 40);

        _ = _workspace.Load();

        Assert.StartsWith("meta-x/recipes/a.bb: error STR2047: the file has more than 256 MB", Assert.Single(_workspace.Report()), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_include_each_other_twice_come_to_an_end()
    {
        _ = _workspace.Recipe("a.bb", "require i0.inc\n");
        for (var i = 0; i < 40; i++) _ = _workspace.Recipe($"i{i}.inc", $"include i{i + 1}.inc\ninclude i{i + 1}.inc\n");

        _ = _workspace.Load();

        Assert.Contains(_workspace.Report(), r => r.Contains("error STR2032", StringComparison.Ordinal) && r.Contains("10000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("include_all recipes/a.bb\nA = \"1\"\n", null)]
    [InlineData("include_all recipes/*.inc\nA = \"1\"\n", null)]
    [InlineData("include ${FILE}\nA = \"1\"\n", null)]
    [InlineData("include a.inc\n", "STR2032")]
    public void A_file_that_includes_itself_ends(string recipe, string? code)
    {
        _ = _workspace.Recipe("a.bb", recipe).Recipe("a.inc", "require a.inc\ninclude b.inc\n").Recipe("b.inc", "include a.inc\n").Load();

        Assert.Equal(code, _workspace.Diagnostics.Sorted().FirstOrDefault(d => d.Severity is Severity.Error)?.Rule.Code);
    }

    [Fact]
    public void Links_that_go_round_end_the_search_for_recipes()
    {
        _ = _workspace.Write("meta-x/conf/layer.conf", """
            BBPATH .= ":${LAYERDIR}"
            BBFILES += "${LAYERDIR}/*/*/*/*/*/*/*/*/*.bb"
            BBFILE_COLLECTIONS += "x"
            BBFILE_PATTERN_x = "^${LAYERDIR}/"
            LAYERSERIES_COMPAT_x = "strata"

            """).Recipe("a.bb", "");
        for (var i = 0; i < 40; i++) _ = File.CreateSymbolicLink(_workspace.PathOf($"meta-x/recipes/l{i}"), "../recipes");

        _ = _workspace.Load();

        Assert.StartsWith("meta-x/conf/layer.conf:2:1: error STR2048", Assert.Single(_workspace.Report(), r => r.Contains("error", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    /// <summary>As in BitBake, which walks a directory without following links.</summary>
    [Fact]
    public void A_directory_in_BBFILES_is_read_without_links_to_directories()
    {
        _ = _workspace.Write("meta-x/conf/layer.conf", """
            BBPATH .= ":${LAYERDIR}"
            BBFILES += "${LAYERDIR}/recipes"
            BBFILE_COLLECTIONS += "x"
            BBFILE_PATTERN_x = "^${LAYERDIR}/"
            LAYERSERIES_COMPAT_x = "strata"

            """).Recipe("deep/a.bb", "");
        _ = File.CreateSymbolicLink(_workspace.PathOf("meta-x/recipes/round"), "../recipes");

        Assert.Equal(["a"], _workspace.Load().Recipes.Select(r => r.Name));
    }

    [Fact]
    public void A_pattern_that_takes_for_ever_is_given_up()
    {
        // No path has that character; a temporary directory can have any letter, and then the pattern ends at once.
        _ = _workspace.Write("conf/local.conf", "BBMASK = \"(.*.*.*.*.*.*.*.*.*)*!\"\n").Recipe("a.bb", "").Load();

        Assert.Contains(_workspace.Report(), r => r.Contains("error STR2039", StringComparison.Ordinal) && r.Contains("takes too long", StringComparison.Ordinal));
    }

    private static string Functions => $"""
        def nested(d):
            x = []
            for i in range(100000):
                x = [x]
            return str(x)
        def chain(d):
            if d.getVar('A'): return 1
        {Repeated("    elif d: return 1\n", 50_000)}

        """;

    public static TheoryData<string, string> Values => new()
    {
        { Repeated("${", 10_000) + "X" + Repeated("}", 10_000), "" },
        { Repeated("${@", 1_000_000), "" },
        { "${@" + Repeated("{", 1_000_000) + "}", "STR2008" },
        { "${@" + Repeated("(", 10_000) + "1" + Repeated(")", 10_000) + "}", "STR2008" },
        { "${@" + Repeated("[", 10_000) + Repeated("]", 10_000) + "}", "STR2008" },
        { "${@" + Repeated("not ", 100_000) + "1}", "STR2008" },
        { "${@" + Repeated("-", 100_000) + "1}", "STR2008" },
        { "${@" + Repeated("1+", 100_000) + "1}", "STR2008" },
        { "${@d" + Repeated(".x", 100_000) + "}", "STR2008" },
        { "${@" + Repeated("lambda: ", 100_000) + "1}", "STR2008" },
        { "${@'a' * 99999999 + 'b' * 99999999}", "STR2008" },
        { "${@'a'.replace('a', 'a' * 1000000).replace('a', 'a' * 1000000)}", "STR2008" },
        { "${@[[1] * 10000000] * 10}", "STR2008" },
        { "${@[str(i) * 100000 for i in range(1000000)]}", "STR2008" },
        { "${@len(str(10 ** 99999999))}", "STR2008" },
        { "${@sum(range(10 ** 12))}", "STR2008" },
        { "${@nested(d)}", "STR2008" },
        { "${@chain(d)}", "STR2008" },
        { "${@d.getVar('P', False)}", "STR2007" },
        { "${L0}", "STR2046" },
        { "${N0}", "STR2040" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_value_ends_or_is_an_error(string value, string code)
    {
        var doubling = string.Concat(Enumerable.Range(0, 60).Select(i => $"L{i} = \"${{L{i + 1}}}${{L{i + 1}}}\"\n"));
        var nesting = string.Concat(Enumerable.Range(0, 400).Select(i => $"N{i} = \"1${{N{i + 1}}}\"\n"));
        var recipe = _workspace.Recipe("a.bb", Functions + doubling + nesting + $$"""
            L60 = "xxxxxxxxxx"
            P = "${@d.getVar('V', False)}"
            V = "{{value}}"

            """).LoadOne();

        Assert.Equal(code, CodeOf(() => recipe.Variables.Get("V")));
    }

    private static string CodeOf(Func<string?> read)
    {
        try
        {
            _ = read();
            return "";
        }
        catch (ExpansionException e)
        {
            return e.Diagnostic.Rule.Code;
        }
    }

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static async Task MakePipe(string path) =>
        Assert.True((await ProcessRunner.RunAsync(new() { Command = ["mkfifo", path] }, TestContext.Current.CancellationToken)).Succeeded);
}
