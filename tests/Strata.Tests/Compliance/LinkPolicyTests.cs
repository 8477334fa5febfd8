using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;
using Strata.Tests.Packaging;

namespace Strata.Tests.Compliance;

/// <summary>What a policy says of code inside of programs, and of licences that do not go together.</summary>
public sealed class LinkPolicyTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    private LicensePolicy Policy(params (string Name, string Value)[] variables) =>
        LicensePolicyReader.Read(name => variables.FirstOrDefault(v => v.Name == name).Value, name => new($"{name}.conf"), _diagnostics);

    private static LinkedCode Code(string name, string license, string file = "/usr/bin/tool") =>
        new() { Kind = LinkKind.Static, Name = $"{name}-staticdev", Version = "1", License = license, Recipe = name, Origin = $"/usr/lib/lib{name}.a", Files = [file] };

    private static InstalledPackage Package(string name, string license, LinkedCode[] linked, params string[] libraries) => new()
    {
        Name = name, Version = "2.0", Revision = "r1", Recipe = name, Architecture = "aarch64", License = license, Depends = [.. libraries],
        LibraryRequires = [.. libraries.Select(l => new LibraryRequirement($"{l}.so.1", l))], Linked = [.. linked],
    };

    /// <summary>The messages about an image of these packages.</summary>
    private string[] Judge(LicensePolicy policy, params InstalledPackage[] packages)
    {
        LicenseReportWriter.Write(new()
        {
            Image = "image", Version = "1", Rootfs = new() { Hostname = "x", Epoch = 0, Size = 0, Packages = [.. packages] }, LicenseArtifacts = [],
            Policy = policy, Install = ["tool"], Reports = ["table", "report"], OutputDirectory = _scratch["out"],
        }, _diagnostics);
        return [.. _diagnostics.Sorted().Select(d => $"{d.Rule.Code} {d.Message}")];
    }

    [Fact]
    public void Denied_where_it_is_inside_and_reviewed_where_it_is_a_package()
    {
        var messages = Judge(Policy(("LICENSE_REVIEW", "GPL-3.0*"), ("LICENSE_DENY_STATIC", "GPL-3.0*"), ("LICENSE_CONFLICTS", "allow")),
            Package("tool", "MIT", [Code("part", "GPL-3.0-only")], "liba"), Package("liba", "GPL-3.0-or-later", []));

        Assert.Collection(messages,
            m => Assert.StartsWith("STR7030 'part-staticdev', inside of /usr/bin/tool, is under GPL-3.0-only, which LICENSE_DENY_STATIC \"GPL-3.0*\" keeps out of 'image'; "
                + "the way there is image → tool → /usr/bin/tool → /usr/lib/libpart.a → part-staticdev → recipe part", m, StringComparison.Ordinal),
            m => Assert.StartsWith("STR7031 'liba'", m, StringComparison.Ordinal));
        Assert.Contains("link 'part-staticdev' dynamically", _diagnostics.Sorted()[0].Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GPL-3.0*", PolicyDecision.Allow)]
    [InlineData("category:copyleft", PolicyDecision.Allow)]
    [InlineData("GPL-3.0* WITH GCC-exception-*", PolicyDecision.Deny)]
    public void What_an_exception_leaves_free_is_only_met_by_naming_it(string entry, PolicyDecision expected)
    {
        var policy = Policy(("LICENSE_DENY", entry), ("LICENSE_DEFAULT", "review"), ("LICENSE_ALLOW", "MIT"));

        Assert.Equal(expected, policy.Judge("tool", "GPL-3.0-or-later WITH GCC-exception-3.1", isLinked: true).Decision);
        Assert.Equal(PolicyDecision.Deny, policy.Judge("tool", "GPL-3.0-or-later WITH GCC-exception-3.1").Decision);
        // Others have no such effect.
        Assert.Equal(entry.Contains("WITH", StringComparison.Ordinal) ? PolicyDecision.Review : PolicyDecision.Deny,
            policy.Judge("tool", "GPL-3.0-or-later WITH Bison-exception-2.2", isLinked: true).Decision);
    }

    [Fact]
    public void An_entry_for_linked_code_beats_an_equally_precise_one_for_all()
    {
        var policy = Policy(("LICENSE_DENY", "LGPL-2.1*"), ("LICENSE_ALLOW_STATIC", "LGPL-2.1*"));

        Assert.Equal(PolicyDecision.Allow, policy.Judge("tool", "LGPL-2.1-only", isLinked: true).Decision);
        Assert.Equal(PolicyDecision.Deny, policy.Judge("tool", "LGPL-2.1-only").Decision);
    }

    [Theory]
    [InlineData("GPL-2.0-only", "Apache-2.0", true)]
    [InlineData("Apache-2.0", "GPL-2.0-only", true)]
    [InlineData("GPL-2.0-or-later", "Apache-2.0", false)]
    [InlineData("GPL-2.0-only OR MIT", "Apache-2.0", false)]
    [InlineData("GPL-2.0-only", "Apache-2.0 OR MIT", false)]
    [InlineData("GPL-2.0-only", "Apache-2.0 AND MIT", true)]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0", "Apache-2.0", false)]
    [InlineData("GPL-2.0-only", "GPL-3.0-or-later", true)]
    [InlineData("GPL-2.0-only", "GPL-3.0-or-later WITH GCC-exception-3.1", false)]
    [InlineData("GPL-2.0-or-later", "GPL-3.0-or-later", false)]
    [InlineData("GPL-2.0-only", "LGPL-2.1-or-later", false)]
    [InlineData("GPL-3.0-or-later", "CDDL-1.0", true)]
    [InlineData("GPL-3.0-or-later", "EPL-2.0", true)]
    [InlineData("GPL-2.0-or-later", "OpenSSL", true)]
    [InlineData("MIT", "GPL-3.0-only", false)]
    [InlineData("CLOSED", "GPL-2.0-only", true)]
    [InlineData("CLOSED", "LGPL-2.1-only", true)]
    [InlineData("LGPL-2.1-only", "CLOSED", false)]
    [InlineData("CLOSED", "MIT", false)]
    public void Facts_about_terms_that_are_linked_statically(string own, string linked, bool conflict) =>
        Assert.Equal(conflict ? 1 : 0, Judge(Policy(), Package("tool", own, [Code("part", linked)])).Length);

    [Theory]
    [InlineData("CLOSED", "LGPL-2.1-only", false)]
    [InlineData("GPL-2.0-only", "Apache-2.0", true)]
    public void Facts_about_terms_of_a_shared_library(string own, string library, bool conflict) =>
        Assert.Equal(conflict ? 1 : 0, Judge(Policy(), Package("tool", own, [], "liba"), Package("liba", library, [])).Length);

    [Fact]
    public void A_conflict_names_both_licences_their_source_and_the_way_and_can_be_lifted()
    {
        InstalledPackage[] image = [Package("tool", "MIT", [Code("a", "GPL-2.0-only"), Code("b", "Apache-2.0"), Code("c", "Apache-2.0", "/usr/bin/other")])];

        var message = Assert.Single(Judge(Policy(("LICENSE_CONFLICTS", "deny")), image));
        Assert.StartsWith("STR7038 'b-staticdev' is inside of /usr/bin/tool, and their licences do not go together: a-staticdev is under GPL-2.0-only, b-staticdev under Apache-2.0: ", message, StringComparison.Ordinal);
        Assert.Contains("https://www.gnu.org/licenses/license-list.html#apache2", message, StringComparison.Ordinal);
        Assert.EndsWith("image → tool → /usr/bin/tool → /usr/lib/libb.a → b-staticdev → recipe b", message, StringComparison.Ordinal);
        Assert.Contains("deny", File.ReadAllText(_scratch["out/licenses.csv"]), StringComparison.Ordinal);

        Assert.Single(Judge(Policy(("LICENSE_EXCEPTIONS", "x"), ("LICENSE_EXCEPTION_x", "package=tool; license=Apache-2.0; reason=r; owner=o; expires=2099-01-01")), image));
    }

    [Fact]
    public void A_conflict_is_a_warning_until_the_policy_decides() =>
        Assert.StartsWith("STR7039 'b-staticdev' is inside of /usr/bin/tool",
            Assert.Single(Judge(Policy(), Package("tool", "MIT", [Code("a", "GPL-2.0-only"), Code("b", "Apache-2.0")]))), StringComparison.Ordinal);

    [Fact]
    public void A_word_that_is_no_decision_is_refused()
    {
        _ = Policy(("LICENSE_CONFLICTS", "maybe"));

        Assert.Equal("STR7033", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }
}
