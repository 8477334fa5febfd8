using Strata.Compliance;
using Strata.Core;

namespace Strata.Tests.Compliance;

public sealed class LicensePolicyTests
{
    private static readonly DateOnly s_today = new(2026, 6, 30);

    private readonly Diagnostics _diagnostics = new();

    private LicensePolicy Policy(params (string Name, string Value)[] variables) =>
        LicensePolicyReader.Read(name => variables.FirstOrDefault(v => v.Name == name).Value, name => new($"{name}.conf"), _diagnostics);

    [Theory]
    [InlineData("GPL-3.0*", "GPL-3.0-or-later", PolicyDecision.Deny)]
    [InlineData("GPL-3.0*", "GPLv3", PolicyDecision.Deny)]
    [InlineData("GPL-3.0*", "LGPL-3.0-only", PolicyDecision.Allow)]
    [InlineData("*GPL-3.0*", "LGPL-3.0-only", PolicyDecision.Deny)]
    [InlineData("gpl-2.0-ONLY", "GPL-2.0-only", PolicyDecision.Deny)]
    [InlineData("GPL-3.0*", "GPL-3.0-or-later WITH GCC-exception-3.1", PolicyDecision.Deny)]
    [InlineData("GPL-3.0* WITH GCC-exception-3.1", "GPL-3.0-or-later", PolicyDecision.Allow)]
    [InlineData("GPL-3.0* WITH GCC-exception-3.1", "GPL-3.0-or-later WITH GCC-exception-3.1", PolicyDecision.Deny)]
    [InlineData("GPLv2", "MIT & GPL-2.0-only", PolicyDecision.Deny)]
    [InlineData("Proprietary", "Proprietary", PolicyDecision.Deny)]
    [InlineData("LicenseRef-Vendor", "Vendor", PolicyDecision.Deny)]
    [InlineData("category:copyleft", "GPL-2.0-only", PolicyDecision.Deny)]
    [InlineData("category:copyleft", "LGPL-2.1-only", PolicyDecision.Allow)]
    [InlineData("category:proprietary", "CLOSED", PolicyDecision.Deny)]
    [InlineData("category:unknown", "LicenseRef-Vendor", PolicyDecision.Deny)]
    [InlineData("(BSD-3-Clause AND MIT)", "MIT AND BSD-3-Clause", PolicyDecision.Deny)]
    [InlineData("(BSD-3-Clause AND MIT)", "MIT", PolicyDecision.Allow)]
    [InlineData("tool:MIT", "MIT", PolicyDecision.Deny)]
    [InlineData("too*:category:permissive", "MIT", PolicyDecision.Deny)]
    [InlineData("other:MIT", "MIT", PolicyDecision.Allow)]
    public void Entries_deny_by_name_wildcard_exception_category_terms_and_package(string entry, string license, PolicyDecision expected)
    {
        Assert.Equal(expected, Policy(("INCOMPATIBLE_LICENSE", entry)).Judge("tool", license).Decision);
        Assert.False(_diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("MIT | GPL-3.0-only", "MIT")]
    [InlineData("GPL-3.0-only | MIT", "MIT")]
    [InlineData("ISC | MIT", "ISC")]
    [InlineData("BSD-3-Clause AND (GPL-3.0-only OR ISC)", "BSD-3-Clause AND ISC")]
    public void Of_a_choice_the_side_that_may_ship_is_recorded(string license, string chosen)
    {
        var verdict = Policy(("INCOMPATIBLE_LICENSE", "GPL-3.0*")).Judge("tool", license);

        Assert.Equal((PolicyDecision.Allow, chosen), (verdict.Decision, verdict.Chosen));
    }

    [Fact]
    public void The_side_that_is_allowed_by_name_is_preferred()
    {
        Assert.Equal("Apache-2.0", Policy(("LICENSE_ALLOW", "Apache-2.0")).Judge("tool", "MIT OR Apache-2.0").Chosen);
    }

    [Fact]
    public void The_most_precise_entry_decides()
    {
        var policy = Policy(("LICENSE_DENY", "category:copyleft GPL-3.0-only"), ("LICENSE_REVIEW", "GPL-2.0*"), ("LICENSE_ALLOW", "busybox:GPL-2.0-only GPL-3.0* WITH GCC-exception-3.1"));

        Assert.Equal(PolicyDecision.Deny, policy.Judge("x", "GPL-1.0-only").Decision);
        Assert.Equal(PolicyDecision.Review, policy.Judge("x", "GPL-2.0-only").Decision);
        Assert.Equal(PolicyDecision.Allow, policy.Judge("busybox", "GPL-2.0-only").Decision);
        Assert.Equal(PolicyDecision.Allow, policy.Judge("libgcc", "GPL-3.0-only WITH GCC-exception-3.1").Decision);
        Assert.Equal("LICENSE_DENY \"GPL-3.0-only\"", Assert.Single(policy.Judge("x", "GPL-3.0-only").Findings).Reason);
    }

    [Fact]
    public void What_no_entry_is_about_gets_the_default()
    {
        var policy = Policy(("LICENSE_DEFAULT", "deny"), ("LICENSE_ALLOW", "MIT category:public-domain LicenseRef-*"), ("LICENSE_CATEGORY_OF", "Zlib=public-domain"));

        Assert.Equal(PolicyDecision.Allow, policy.Judge("x", "MIT AND Zlib AND LicenseRef-Own").Decision);
        Assert.Equal(PolicyDecision.Deny, policy.Judge("x", "ISC").Decision);
        Assert.Equal(PolicyDecision.Deny, policy.Judge("x", "((this is no licence").Decision);
    }

    [Theory]
    [InlineData("2026-06-30", PolicyDecision.Allow)]
    [InlineData("2026-06-29", PolicyDecision.Deny)]
    public void An_exception_holds_until_its_last_day(string expires, PolicyDecision expected)
    {
        var policy = Policy(
            ("INCOMPATIBLE_LICENSE", "GPL-3.0*"), ("LICENSE_EXCEPTIONS", "shell"),
            ("LICENSE_EXCEPTION_shell", $"package=bash bash-*; license=GPL-3.0*; reason=factory only; owner=Legal; expires={expires}"));

        var verdict = policy.Judge("bash-doc", "GPL-3.0-or-later", s_today);

        Assert.Equal(expected, verdict.Decision);
        Assert.Equal($"shell: factory only (Legal, until {expires})", verdict.Findings[0].Exception!.ToString());
        Assert.Equal(PolicyDecision.Allow, policy.Judge("bash", "GPL-3.0-only").Decision);
        Assert.Equal(PolicyDecision.Deny, policy.Judge("readline", "GPL-3.0-only", s_today).Decision);
        var code = ComplianceRules.Against(default, "image", new("bash-doc", "bash", "GPL-3.0-or-later", verdict, ["bash-doc"]), s_today).Select(d => d.Rule.Code);
        Assert.Equal(expected == PolicyDecision.Deny ? ["STR7034"] : [], code);
    }

    [Fact]
    public void Exceptions_in_the_form_of_Yocto_name_package_and_licence()
    {
        var policy = Policy(("INCOMPATIBLE_LICENSE", "GPL-3.0* LGPL-3.0*"), ("INCOMPATIBLE_LICENSE_EXCEPTIONS", "gdb:GPL-3.0-only"));

        Assert.Equal(PolicyDecision.Allow, policy.Judge("gdb", "GPL-3.0-only").Decision);
        Assert.Equal(PolicyDecision.Deny, policy.Judge("gdb", "GPL-3.0-only & LGPL-3.0-only").Decision);
        Assert.Equal(PolicyDecision.Deny, policy.Judge("gdbserver", "GPL-3.0-only").Decision);
    }

    [Theory]
    [InlineData("LICENSE_DENY", "category:copylft", "did you mean 'category:copyleft'?")]
    [InlineData("LICENSE_DENY", "(MIT AND", "write for instance (MIT AND GPL-2.0-only)")]
    [InlineData("LICENSE_DEFAULT", "forbid", "write allow, review or deny")]
    [InlineData("LICENSE_CATEGORY_OF", "MIT", "write LICENCE=CATEGORY, for instance LicenseRef-Vendor=proprietary")]
    [InlineData("INCOMPATIBLE_LICENSE_EXCEPTIONS", "GPL-3.0-only", "write PACKAGE:LICENCE")]
    public void A_policy_that_makes_no_sense_is_refused_at_its_place(string variable, string value, string hint)
    {
        _ = Policy((variable, value));

        var error = Assert.Single(_diagnostics.Sorted());
        Assert.Equal(("STR7033", $"{variable}.conf", hint), (error.Rule.Code, error.Place.File, error.Hint));
    }

    [Theory]
    [InlineData("package=a; license=MIT; owner=x; expires=2027-01-01", "'reason'")]
    [InlineData("package=a; license=MIT; reason=r; owner=x; expires=soon", "'soon' is no date")]
    [InlineData("package=a; license=MIT; reason=r; owner=x; expires=2027-01-01; until=never", "'until' means nothing")]
    [InlineData("", "'package'")]
    public void An_exception_must_say_all_there_is_to_say(string text, string problem)
    {
        _ = Policy(("LICENSE_EXCEPTIONS", "e"), ("LICENSE_EXCEPTION_e", text));

        Assert.Contains(problem, Assert.Single(_diagnostics.Sorted(), d => d.Rule.Code == "STR7033").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_licence_is_answered_with_the_right_one()
    {
        _ = Policy(("LICENSE_DENY", "GPL-3.0-onyl"));

        Assert.Equal(("STR7032", "did you mean 'GPL-3.0-only'?"), (_diagnostics.Sorted()[0].Rule.Code, _diagnostics.Sorted()[0].Hint));
    }

    [Theory]
    [InlineData("commercial", "commercial", true)]
    [InlineData("commercial", "commercial_player", true)]
    [InlineData("commercial", "commercial_other", false)]
    [InlineData("commercial_mp3", "commercial", true)]
    [InlineData("commercial_mp3", "commercial_mp3_player", true)]
    [InlineData("commercial", "", false)]
    [InlineData("commercial", "comm", false)]
    public void Flags_are_accepted_as_Yocto_accepts_them(string flag, string accepted, bool isAccepted)
    {
        Assert.Equal(isAccepted, LicenseFlags.NotAccepted([flag], accepted.Split(' '), "player").IsEmpty);
    }

    [Fact]
    public void A_very_long_or_deep_expression_is_refused_at_once()
    {
        Assert.Null(LicenseExpression.Parse(new string('(', 10_000) + "MIT" + new string(')', 10_000), default, _diagnostics));
        Assert.Null(LicenseExpression.Parse(string.Concat(Enumerable.Repeat("MIT ", 1 << 20)), default, _diagnostics));

        Assert.Equal(2, _diagnostics.Sorted().Length);
        Assert.All(_diagnostics.Sorted(), d => Assert.Equal("STR7001", d.Rule.Code));
    }

    [Fact]
    public void The_way_to_a_package_is_the_shortest_one_and_circles_end()
    {
        var needs = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["a"] = ["b"], ["b"] = ["c", "a"], ["c"] = ["d"], ["e"] = ["d"] };

        var paths = DependencyPaths.Find(["a", "e"], name => needs.GetValueOrDefault(name, []));

        Assert.Equal(["e", "d"], paths["d"]);
        Assert.Equal(["a", "b", "c"], paths["c"]);
    }
}
