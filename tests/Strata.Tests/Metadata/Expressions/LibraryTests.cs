using Strata.Metadata;

namespace Strata.Tests.Metadata.Expressions;

/// <summary>What expressions can call beyond their own class: layers' libraries, copies of the datastore, tasks, the build machine.</summary>
public sealed class LibraryTests : IDisposable
{
    private const string Library = """
        import re
        import subprocess
        from . import nothing

        SUFFIX = "-" + "x"
        found = []

        class Helper(object):
            def name(self):
                return "helper"

        @functools.lru_cache
        def cached():
            return 1

        @bb.parse.vardeps("A")
        def suffixed(name, d):
            return name + SUFFIX + (d.getVar("A") or "")

        def remembers():
            found.append(1)
            return len(found)

        def words(text):
            for word in text.split():
                if word == "stop":
                    return
                if word != "skip":
                    yield word

        def pairs(text):
            yield from words(text)
            n = 0
            while n < 2:
                n += 1
                yield str(n)

        def date():
            return subprocess.check_output(["date"])

        def unknown():
            return PN

        """;

    private readonly LayerWorkspace _workspace = new LayerWorkspace().Write("meta-x/lib/mylib/tools.py", Library);

    public LibraryTests()
    {
        _ = _workspace.Write("meta-x/conf/layer.conf", """
            BBPATH .= ":${LAYERDIR}"
            BBFILES += "${LAYERDIR}/recipes/*.bb"
            BBFILE_COLLECTIONS += "x"
            BBFILE_PATTERN_x = "^${LAYERDIR}/"
            LAYERSERIES_COMPAT_x = "strata"
            addpylib ${LAYERDIR}/lib mylib

            """);
    }

    [Theory]
    [InlineData("mylib.tools.suffixed('a', d)", "a-x")]
    [InlineData("mylib.tools.SUFFIX", "-x")]
    [InlineData("mylib.tools.remembers()", "1")]
    [InlineData("' '.join(mylib.tools.words('a skip b stop c'))", "a b")]
    [InlineData("list(mylib.tools.pairs('a b'))", "['a', 'b', '1', '2']")]
    [InlineData("[a + b for a, b in zip(mylib.tools.words('a b c'), mylib.tools.words('x skip y'))]", "['ax', 'by']")]
    [InlineData("next(mylib.tools.pairs('stop'))", "1")]
    public void Functions_of_a_layers_library_are_read_like_those_of_classes(string expression, string expected)
    {
        var recipe = _workspace.Recipe("a_1.bb", $"V = \"${{@{expression}}}\"\n").LoadOne();
        Assert.Equal(expected, recipe.Variables.Get("V"));
        Assert.Equal(expected, recipe.Variables.Copy().Get("V"));
    }

    [Theory]
    [InlineData("mylib.tools.date()", "subprocess.check_output starts a process")]
    [InlineData("mylib.tools.cached()", "mylib.tools.cached: not among what Strata evaluates")]
    [InlineData("mylib.tools.Helper()", "mylib.tools.Helper: not among what Strata evaluates")]
    [InlineData("mylib.tools.unknown()", "'PN' in a layer's library: not among what Strata evaluates")]
    public void What_a_library_cannot_do_is_refused_where_it_is_used(string expression, string cause)
    {
        var recipe = _workspace.Recipe("a_1.bb", $"V = \"${{@{expression}}}\"\nW = \"fine\"\n").LoadOne();
        Assert.Equal("fine", recipe.Variables.Get("W"));
        Assert.EndsWith(cause, Assert.Throws<ExpansionException>(() => recipe.Variables.Get("V")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_are_a_dictionary_in_order_of_assignment()
    {
        var recipe = _workspace.Recipe("a_1.bb", "A = \"1\"\nP[z] = \"${A}\"\nP[a] ?= \"2\"\nV = \"${@d.getVarFlags('P')}|${@d.getVarFlags('P', expand=['z'])['z']}|${@d.getVarFlags('NONE')}\"\n").LoadOne();
        Assert.Equal("{'z': '1', 'a': '2'}|1|None", recipe.Variables.Get("V"));
    }

    [Fact]
    public void A_copy_of_the_datastore_can_be_changed_and_nobody_else_sees_it()
    {
        var recipe = _workspace.Recipe("a_1.bb", """
            A = "own"
            B = "<${A}>"
            def changed(d):
                copy = bb.data.createCopy(d)
                copy.setVar("A", "new")
                copy.appendVar("A", "er")
                copy.setVarFlag("A", "f", "flag")
                return copy.getVar("B") + copy.getVarFlag("A", "f") + bb.utils.contains("A", "newer", "+", "-", copy) + d.getVar("B")
            V = "${@changed(d)}"
            """ + "\n").LoadOne();
        Assert.Equal("<newer>flag+<own>", recipe.Variables.Get("V"));
        Assert.Equal("<own>", recipe.Variables.Get("B"));
        recipe.Variables.Set("A", "later");
        Assert.Equal("<newer>flag+<later>", recipe.Variables.Get("V"));
    }

    [Fact]
    public void Tasks_and_what_comes_between_them_can_be_asked_for()
    {
        var recipe = _workspace.Recipe("a_1.bb", """
            addtask one
            addtask two after do_one
            addtask three after do_two
            addtask other after do_one
            V = "${@bb.build.tasksbetween('do_one', 'do_three', d)} ${@d.getVarFlag('do_two', 'deps', False)}"
            """ + "\n").LoadOne();
        Assert.Equal("['do_one', 'do_two', 'do_three'] ['do_one']", recipe.Variables.Get("V"));
    }

    [Fact]
    public void A_typed_list_prints_as_it_was_written_and_walks_as_a_list()
    {
        var recipe = _workspace.Recipe("a_1.bb", "L = \"a:b\"\nL[type] = \"list\"\nL[separator] = \":\"\nV = \"${@oe.data.typed_value('L', d)} ${@len(oe.data.typed_value('L', d))}\"\n").LoadOne();
        Assert.Equal("a:b 2", recipe.Variables.Get("V"));
    }

    [Fact]
    public void An_immediate_assignment_that_is_out_of_reach_keeps_the_present_state_of_the_rest()
    {
        var recipe = _workspace.Recipe("a_1.bb", "A = \"now\"\nC = \"${A} ${@os.getpid()}\"\nV := \"<${C}>\"\nA = \"later\"\nC = \"gone\"\n").LoadOne();
        Assert.Equal("<now ${@os.getpid()}>", recipe.Variables.GetUnexpanded("V"));
        Assert.EndsWith("os.getpid reads the host", Assert.Throws<ExpansionException>(() => recipe.Variables.Get("V")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Skipped_Python_marks_the_recipe()
    {
        var metadata = _workspace.Recipe("a_1.bb", "python () {\n    d.setVar('A', '1')\n}\npython h() {\n    pass\n}\naddhandler h\n").Recipe("b_1.bb", "B = \"1\"\n").Load();
        Assert.Equal([1, 7], metadata.Recipes.Single(r => r.Name == "a").SkippedPython.Where(p => p.File.EndsWith("a_1.bb", StringComparison.Ordinal)).Select(p => p.Line));
        Assert.DoesNotContain(metadata.Recipes.Single(r => r.Name == "b").SkippedPython, p => p.File.EndsWith(".bb", StringComparison.Ordinal));
    }

    public void Dispose() => _workspace.Dispose();
}
