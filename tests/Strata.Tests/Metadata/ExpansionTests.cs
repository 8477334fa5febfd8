using System.Text.Json.Nodes;
using Strata.Metadata;

namespace Strata.Tests.Metadata;

public sealed class ExpansionTests
{
    [Fact]
    public void Texts_expand_as_BitBake_expands_them()
    {
        var corpus = JsonNode.Parse(File.ReadAllText(RepositoryTree.Path("tests/corpus/parse/expand.json")))!.AsObject();
        var store = new Datastore();
        foreach (var (name, value) in corpus["variables"]!.AsObject()) store.Set(name, (string)value!);
        store.Set("OVERRIDES", "oa:ob");
        store.Set("OV", "base");
        store.Set("OV:ob", "over");

        foreach (var recorded in corpus["cases"]!.AsArray().Select(c => c!.AsObject()))
        {
            var text = (string)recorded["text"]!;
            if (recorded["result"] is JsonObject) _ = Assert.Throws<ExpansionException>(() => store.Expand(text));
            else Assert.Equal((string)recorded["result"]!, store.Expand(text));
        }
    }

    [Fact]
    public void A_circle_of_references_is_named_link_by_link()
    {
        var store = new Datastore();
        store.Set("A", "${B}");
        store.Set("B", "x${C}");
        store.Set("C", "${A}");

        var error = Assert.Throws<ExpansionException>(() => store.Get("A"));

        Assert.Equal("STR2007", error.Diagnostic.Rule.Code);
        Assert.Contains("A → B → C → A", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_as_deep_as_BitBake_allows_is_read_and_a_deeper_one_is_refused()
    {
        var store = new Datastore();
        for (var i = 0; i < 1000; i++) store.Set($"V{i}", $"${{V{i + 1}}}");
        store.Set("V200", "end");
        Assert.Equal("end", store.Get("V0"));

        store.Set("V200", "${V201}");
        Assert.Equal("STR2040", Assert.Throws<ExpansionException>(() => store.Get("V0")).Diagnostic.Rule.Code);
    }

    [Fact]
    public void A_copy_and_its_original_do_not_see_each_others_changes()
    {
        var store = new Datastore();
        store.Set("A", "1");
        var copy = store.Copy();
        copy.Set("A", "2");
        store.Set("B", "3");

        Assert.Equal("1", store.Get("A"));
        Assert.Equal("2", copy.Get("A"));
        Assert.Null(copy.Get("B"));
    }

    [Fact]
    public void A_changed_variable_changes_what_was_read_through_it()
    {
        var store = new Datastore();
        store.Set("OVERRIDES", "${MACHINE}");
        store.Set("MACHINE", "a");
        store.Set("V", "base");
        store.Set("V:b", "for b");
        store.Set("W", "${V}!");
        Assert.Equal("base!", store.Get("W"));

        store.Set("MACHINE", "b");

        Assert.Equal("for b!", store.Get("W"));
    }
}
