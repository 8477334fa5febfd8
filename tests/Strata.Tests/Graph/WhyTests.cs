using Strata.Core;
using Strata.Graph.Why;

namespace Strata.Tests.Graph;

public sealed class WhyTests
{
    private readonly Dictionary<string, TaskKey> _old = [];
    private readonly Dictionary<string, TaskKey> _new = [];

    [Fact]
    public void Fields_are_compared_in_order()
    {
        var changes = WhyExplainer.Compare(
            Key(("var:A", "1"), ("var:B", "2"), ("script", "x")),
            Key(("var:A", "1"), ("var:B", "3"), ("var:C", "")));
        Assert.Equal(["script: gone, was \"x\"", "B: \"2\" → \"3\"", "C: new, \"\""], changes.Select(c => c.ToString()));
    }

    [Fact]
    public void A_change_is_followed_down_to_where_it_began()
    {
        Remember("zlib:do_compile", [("var:CFLAGS", "-O2")], [("var:CFLAGS", "-O3")]);
        Remember("zlib:do_install", [("dep:zlib:do_compile", "1")], [("dep:zlib:do_compile", "2")]);
        Remember("curl:do_compile", [("input:zlib:do_install", "1"), ("var:A", "a")], [("input:zlib:do_install", "2"), ("var:A", "a")]);
        var report = Explain("curl:do_compile");
        Assert.Equal("""
            zlib:do_compile changed:
              CFLAGS: "-O2" → "-O3"
              reached through curl:do_compile → zlib:do_install → zlib:do_compile
            """, report.ToString());
    }

    [Fact]
    public void Every_cause_is_named_once_and_the_nearest_first()
    {
        Remember("c:x", [("var:C", "1")], [("var:C", "2")]);
        Remember("b:x", [("var:B", "1"), ("dep:c:x", "1")], [("var:B", "2"), ("dep:c:x", "2")]);
        Remember("a:x", [("dep:b:x", "1"), ("dep:c:x", "1"), ("var:A", "1")], [("dep:b:x", "2"), ("dep:c:x", "2"), ("var:A", "2")]);
        Assert.Equal(["a:x", "b:x", "c:x"], Explain("a:x").Causes.Select(c => c.Task));
    }

    [Fact]
    public void A_dependency_that_came_or_went_is_a_cause_itself()
    {
        Remember("b:x", [], []);
        Remember("a:x", [("dep:b:x", "1")], [("dep:c:x", "1")]);
        Assert.Equal(["dep:b:x", "dep:c:x"], Assert.Single(Explain("a:x").Causes).Changes.Select(c => c.Field));
    }

    [Fact]
    public void Long_texts_show_the_lines_that_differ()
    {
        var change = new FieldChange("script", "one\ntwo\nthree\nfour\n", "one\ntwo\n3\nfour\n");
        Assert.Equal("script:\n  - line 3: three\n  + line 3: 3", change.ToString());
        var words = new FieldChange("var:CFLAGS", new string('a', 50) + " -O2 -g -pipe", new string('a', 50) + " -O3 -g -pipe");
        Assert.Equal("CFLAGS:\n  - -O2\n  + -O3", words.ToString());
    }

    [Theory]
    [InlineData("none", WhyState.NeverBuilt)]
    [InlineData("same", WhyState.Unchanged)]
    public void Nothing_to_explain_is_said_in_one_sentence(string task, WhyState state)
    {
        Remember("same", [("var:A", "1")], [("var:A", "1")]);
        Assert.Equal(state, Explain(task).State);
        Assert.DoesNotContain('\n', Explain(task).ToString());
    }

    [Fact]
    public void Of_a_task_that_the_last_build_did_not_decide_about_the_tasks_above_know_the_digest()
    {
        _new["a:x"] = Key(("var:A", "1"));
        Assert.Equal(WhyState.Unchanged, Explain("a:x", _new["a:x"].ToString()).State);
        Assert.Equal("a:x changed because of tasks of which nothing is remembered", Explain("a:x", "sha256:other").ToString());
    }

    [Fact]
    public void A_cause_is_found_below_tasks_that_nobody_remembers()
    {
        Remember("zlib:do_compile", [("var:CFLAGS", "-O2")], [("var:CFLAGS", "-O3")]);
        _new["zlib:do_install"] = Key(("dep:zlib:do_compile", "2"));
        Remember("curl:do_compile", [("dep:zlib:do_install", "1")], [("dep:zlib:do_install", "2")]);
        var report = Explain("curl:do_compile");
        Assert.Equal(["curl:do_compile", "zlib:do_install", "zlib:do_compile"], Assert.Single(report.Causes).Path);
        Assert.Equal("zlib:do_compile changed: CFLAGS: \"-O2\" → \"-O3\"", report.Summary);
    }

    private WhyReport Explain(string task, string? oldDigest = null) =>
        WhyExplainer.Explain(task, t => _old.GetValueOrDefault(t), t => _new.GetValueOrDefault(t), t => t == task ? oldDigest : null);

    private void Remember(string task, (string, string)[] old, (string, string)[] current) => (_old[task], _new[task]) = (Key(old), Key(current));

    private static TaskKey Key(params (string Name, string Value)[] fields)
    {
        var builder = new KeyBuilder("test");
        foreach (var (name, value) in fields) _ = builder.Add(name, value);
        return builder.Build();
    }
}
