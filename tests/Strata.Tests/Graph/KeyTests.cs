using Strata.Core;
using Strata.Graph;

namespace Strata.Tests.Graph;

public sealed class KeyTests : IDisposable
{
    private readonly GraphWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_key_names_the_functions_and_variables_that_its_script_uses()
    {
        _workspace.Recipe("a", """
            CFLAGS = "-O2 ${EXTRA}"
            EXTRA = "-g"
            UNUSED = "x"
            helper () {
                echo ${CFLAGS}
            }
            do_compile () {
                V=1 helper
            }
            addtask compile before do_build
            """);
        var fields = Key("a:do_compile").Fields;
        Assert.Equal(["flag:PATH[export]", "script", "task", "var:CFLAGS", "var:EXTRA", "var:PATH", "var:helper"], fields.Keys);
        Assert.Equal("-O2 ${EXTRA}", fields["var:CFLAGS"]);
    }

    [Fact]
    public void A_variable_that_no_script_uses_changes_no_key()
    {
        _workspace.Recipe("a", "A = \"1\"\nU = \"1\"\ndo_compile () {\n    echo ${A}\n}\naddtask compile before do_build");
        var before = Key("a:do_compile");
        _workspace.Recipe("a", "A = \"1\"\nU = \"2\"\ndo_compile () {\n    echo ${A}\n}\naddtask compile before do_build");
        Assert.Equal(before, Key("a:do_compile"));
        _workspace.Recipe("a", "A = \"2\"\nU = \"2\"\ndo_compile () {\n    echo ${A}\n}\naddtask compile before do_build");
        Assert.NotEqual(before, Key("a:do_compile"));
    }

    [Fact]
    public void A_changed_dependency_changes_the_keys_of_all_that_depend_on_it()
    {
        _workspace.Recipe("lib", "A = \"1\"\ndo_compile () {\n    echo ${A}\n}\naddtask compile before do_build");
        _workspace.Recipe("app", "DEPENDS = \"lib\"\ndo_compile[deptask] = \"do_compile\"\ndo_compile () {\n    :\n}\naddtask compile before do_build");
        var (lib, app) = (Key("lib:do_compile", "app"), Key("app:do_compile"));
        _workspace.Recipe("lib", "A = \"2\"\ndo_compile () {\n    echo ${A}\n}\naddtask compile before do_build");
        Assert.NotEqual(lib, Key("lib:do_compile", "app"));
        var changed = Key("app:do_compile");
        Assert.NotEqual(app, changed);
        Assert.Equal(Key("lib:do_compile", "app").ToString(), changed.Fields["dep:lib:do_compile"]);
    }

    [Fact]
    public void An_unknown_and_an_empty_variable_make_different_keys()
    {
        _workspace.Recipe("a", "do_compile () {\n    echo ${A}\n}\naddtask compile before do_build");
        var unknown = Key("a:do_compile");
        _workspace.Recipe("a", "A = \"\"\ndo_compile () {\n    echo ${A}\n}\naddtask compile before do_build");
        Assert.NotEqual(unknown, Key("a:do_compile"));
    }

    [Fact]
    public void The_key_of_a_builtin_task_holds_final_values_and_flags()
    {
        _workspace.Recipe("a", """
            SRC_URI = "https://example.org/a-${PV}.tar"
            SRC_URI[sha256sum] = "abc"
            do_fetch[builtin] = "fetch"
            do_fetch[vardeps] = "SRC_URI DL_DIR"
            addtask fetch before do_build
            """);
        var graph = _workspace.Graph("a");
        var task = graph.Find("a:do_fetch")!;
        Assert.Equal("https://example.org/a-1.0.tar", task.DeepKey.Fields["var:SRC_URI"]);
        Assert.Equal("abc", task.DeepKey.Fields["flag:SRC_URI[sha256sum]"]);
        Assert.Equal("fetch", task.DeepKey.Fields["builtin"]);
        Assert.DoesNotContain("var:DL_DIR", task.DeepKey.Fields.Keys);
        Assert.Equal("abc", task.Variable("SRC_URI[sha256sum]"));
        Assert.Equal(_workspace.PathOf("downloads"), task.Variable("DL_DIR"));
        Assert.Throws<InvalidOperationException>(() => task.Variable("PV"));
    }

    [Fact]
    public void Local_files_are_found_along_FILESPATH_and_count_by_content()
    {
        _workspace.Recipe("a", """
            SRC_URI = "file://one.patch;striplevel=2 file://dir"
            do_unpack[builtin] = "unpack"
            do_unpack[vardeps] = "SRC_URI"
            addtask unpack before do_build
            """);
        _workspace.Write("meta-a/recipes/files/one.patch", "1").Write("meta-a/recipes/a/dir/x", "x").Write("meta-a/recipes/files/dir/y", "y");
        var task = _workspace.Graph("a").Find("a:do_unpack")!;
        Assert.Equal(["file:dir/", "file:dir/x", "file:one.patch"], task.DeepKey.Fields.Keys.Where(k => k.StartsWith("file:", StringComparison.Ordinal)));
        Assert.Equal(["meta-a/recipes/a/dir", "meta-a/recipes/a/dir/x", "meta-a/recipes/files/one.patch"], task.LocalFiles.Select(f => Path.GetRelativePath(_workspace.PathOf("."), f)));

        _workspace.Write("meta-a/recipes/files/one.patch", "2");
        Assert.NotEqual(task.DeepKey, Key("a:do_unpack"));
    }

    [Fact]
    public void A_missing_local_file_is_an_error_that_says_where_it_was_looked_for()
    {
        _workspace.Recipe("a", "SRC_URI = \"file://none\"\ndo_unpack[builtin] = \"unpack\"\ndo_unpack[vardeps] = \"SRC_URI\"\naddtask unpack before do_build");
        Assert.Null(_workspace.Build("a"));
        var error = Assert.Single(_workspace.Diagnostics.Sorted());
        Assert.Equal("STR3018", error.Rule.Code);
        Assert.Equal(1, error.Place.Line);
        Assert.Contains(_workspace.PathOf("meta-a/recipes/files"), error.Message);
    }

    [Fact]
    public void File_checksums_count_for_any_task()
    {
        _workspace.Recipe("a", """
            do_compile[file-checksums] = "${TOPDIR}/data.txt:True ${TOPDIR}/other:False"
            do_compile () {
                :
            }
            addtask compile before do_build
            """);
        _workspace.Write("data.txt", "one");
        var before = Key("a:do_compile");
        Assert.Contains("file:data.txt", before.Fields.Keys);
        _workspace.Write("other", "x");
        Assert.Equal(before, Key("a:do_compile"));
        _workspace.Write("data.txt", "two");
        Assert.NotEqual(before, Key("a:do_compile"));
    }

    [Fact]
    public void A_copy_of_the_workspace_elsewhere_has_the_same_keys()
    {
        _workspace.Recipe("a", """
            HERE := "${FILE_DIRNAME}"
            SRC_URI = "file://one.patch"
            do_unpack[builtin] = "unpack"
            do_unpack[vardeps] = "SRC_URI HERE"
            addtask unpack
            do_compile () {
                echo ${TOPDIR} ${TMPDIR} ${HERE} ${LAYER_PLACE} ${WORKDIR}
            }
            addtask compile after do_unpack before do_build
            """);
        _workspace.Write("meta-a/recipes/files/one.patch", "1");
        File.AppendAllText(_workspace.PathOf("meta-a/conf/layer.conf"), "LAYER_PLACE = \"${LAYERDIR}/files\"\n");
        using var other = new GraphWorkspace();
        var (here, there) = (_workspace.Graph("a"), _workspace.CopyTo(other).Graph("a"));
        Assert.Equal(here.Tasks.Select(t => (t.Name, t.DeepKey)), there.Tasks.Select(t => (t.Name, t.DeepKey)));
        Assert.DoesNotContain(here.Tasks.SelectMany(t => t.DeepKey.Fields.Values), v => v.Contains(_workspace.PathOf(""), StringComparison.Ordinal));
    }

    [Fact]
    public void Values_for_one_task_change_the_key_of_that_task_only()
    {
        const string text = "A = \"1\"\ndo_one () {\n    echo ${A}\n}\ndo_two () {\n    echo ${A}\n}\naddtask one before do_build\naddtask two before do_build\n";
        _workspace.Recipe("a", text);
        var (one, two) = (Key("a:do_one"), Key("a:do_two"));
        _workspace.Recipe("a", text + "A:task-one = \"2\"");
        Assert.NotEqual(one, Key("a:do_one"));
        Assert.Equal(two, Key("a:do_two"));
    }

    [Fact]
    public void A_shallow_key_follows_outputs_where_the_deep_key_follows_inputs()
    {
        const string library = "A = \"{0}\"\ndo_stage () {{\n    echo ${{A}}\n}}\ndo_stage[artifact] = \"${{WORKDIR}}/out\"\naddtask stage before do_build";
        _workspace.Recipe("lib", string.Format(System.Globalization.CultureInfo.InvariantCulture, library, 1));
        _workspace.Recipe("app", """
            DEPENDS = "lib"
            do_configure[deptask] = "do_stage"
            do_configure () {
                :
            }
            do_compile () {
                :
            }
            addtask configure
            addtask compile after do_configure before do_build
            """);
        var before = _workspace.Graph("app");
        _workspace.Recipe("lib", string.Format(System.Globalization.CultureInfo.InvariantCulture, library, 2));
        var after = _workspace.Graph("app");

        Assert.NotEqual(before.Find("app:do_compile")!.DeepKey, after.Find("app:do_compile")!.DeepKey);
        Assert.Equal(Shallow(before, "same"), Shallow(after, "same"));
        Assert.NotEqual(Shallow(before, "same"), Shallow(after, "other"));
        Assert.Equal(Digest.Of("same").ToString(), Shallow(before, "same", "app:do_configure").Fields["input:lib:do_stage"]);
        Assert.Contains("dep:app:do_configure", Shallow(before, "same").Fields.Keys);

        static TaskKey Shallow(TaskGraph graph, string output, string task = "app:do_compile") => new ShallowKeys(graph).Of(graph.Find(task)!.Id, _ => Digest.Of(output));
    }

    private TaskKey Key(string task, string? target = null) => _workspace.Graph(target ?? task.Split(':')[0]).Find(task)!.DeepKey;
}
