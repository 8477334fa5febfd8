using Strata.Metadata;

namespace Strata.Tests.Metadata;

public sealed class MetadataLoaderTests : IDisposable
{
    private readonly LayerWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        for (var i = 0; i < 40; i++)
            _ = _workspace.Recipe($"r{i}_1.{i}.bb", $"BBCLASSEXTEND = \"native\"\nDEPENDS = \"r{i + 1}\"\nV:append:class-native = \"${{PN}}\"\ninherit common\n{(i % 7 == 0 ? "bad line\n" : "")}");
        _ = _workspace.Write("meta-x/classes/common.bbclass", "FILES:${PN} = \"/usr/${PV}\"\naddtask fetch before do_build\n");

        var one = Describe(_workspace.Load(threads: 1));
        var reports = _workspace.Report();
        var four = Describe(_workspace.Load(threads: 4));

        Assert.Equal(one, four);
        Assert.Equal(reports, _workspace.Report());

        static string[] Describe(LoadedMetadata metadata) =>
            [.. metadata.Recipes.SelectMany(r => r.Variables.Names.Select(n => $"{r.File} {r.Variant} {n} {r.Variables.Get(n)}")), .. metadata.Inputs];
    }

    [Fact]
    public void Tasks_keep_their_order_and_their_predecessors()
    {
        var recipe = _workspace.Recipe("a.bb", "addtask fetch\naddtask compile after do_fetch before do_build\n").LoadOne();

        Assert.Equal(["do_build: do_compile", "do_fetch: ", "do_compile: do_fetch"], recipe.Tasks.Select(t => $"{t.Name}: {string.Join(' ', t.After)}"));
    }

    [Theory]
    [InlineData("COMPATIBLE_MACHINE = \"testmachine|other\"", null)]
    [InlineData("COMPATIBLE_MACHINE = \"(x)\"", "incompatible with machine testmachine")]
    [InlineData("COMPATIBLE_HOST = \"aarch64.*\"\nHOST_SYS = \"x86_64-linux\"", "incompatible with host x86_64-linux")]
    [InlineData("COMPATIBLE_HOST = \"x86_64.*-linux\"\nHOST_SYS = \"x86_64-linux\"", null)]
    public void A_recipe_for_another_machine_is_kept_and_marked(string text, string? reason)
    {
        var recipe = _workspace.Recipe("a.bb", text + "\n").LoadOne();

        Assert.Equal(reason is null, recipe.SkipReason is null);
        Assert.StartsWith(reason ?? "", recipe.SkipReason ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void History_tells_what_every_statement_did()
    {
        var recipe = _workspace.Recipe("a.bb", "A ?= \"1\"\nA += \"2\"\nA:append = \"3\"\nA:linux = \"4\"\nA[f] = \"5\"\n").LoadOne();

        Assert.Equal(
        [
            "1 ?= null → 1", "2 += 1 → 1 2", "3 :append 1 2 → 1 2", "4 :linux= null → 4", "5 =[f] null → 5",
        ], recipe.Variables.History("A").Select(a => $"{a.Place.Line} {a.Operator}{(a.Flag is null ? "" : $"[{a.Flag}]")} {a.Before ?? "null"} → {a.After ?? "null"}"));
    }

    [Fact]
    public void Everything_that_was_read_or_looked_for_is_an_input()
    {
        var metadata = _workspace.Recipe("a.bb", "include maybe.inc\n").Load();
        var inputs = metadata.Inputs.Select(i => i[(i.IndexOf("strata-metadata-", StringComparison.Ordinal))..].Split('/', 2)[1]).ToArray();

        Assert.Contains("conf/bblayers.conf", inputs);
        Assert.Contains("conf/local.conf", inputs);
        Assert.Contains("meta-x/recipes", inputs);
        Assert.Contains("meta-x/recipes/a.bb", inputs);
        Assert.Contains("meta-x/recipes/maybe.inc", inputs);
        Assert.Contains("base/classes/base.bbclass", inputs);
        Assert.Contains("base/classes-global/base.bbclass", inputs);
    }

    [Fact]
    public void Overrides_that_nothing_mentions_are_known_to_be_idle()
    {
        var store = _workspace.Recipe("a.bb", "A:append:task-compile = \"x\"\n").LoadOne().Variables;

        Assert.Equal(["task-compile"], store.MentionedOverrides("task-"));
    }
}
