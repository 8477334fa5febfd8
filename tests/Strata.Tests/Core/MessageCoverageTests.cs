using Strata.Cli.Verbs;

namespace Strata.Tests.Core;

/// <summary>Every message is provoked by a test: a case in tests/corpus/diagnostics, or a test that names its code.</summary>
public sealed class MessageCoverageTests
{
    /// <summary>Codes that no test names, with what it would take. Whoever adds a test removes the code; the list only shrinks.</summary>
    private static readonly (string Reason, string[] Codes)[] s_unseen =
    [
        ("the package of the build machine must vanish during a build", ["STR1006"]),
        ("a tool that the build calls must fail or be missing", ["STR1008", "STR1035", "STR6024", "STR6206", "STR6261", "STR8016"]),
        ("an image that is built for a machine", ["STR1030", "STR1034", "STR6211", "STR6250", "STR6259"]),
        ("the history of a build", ["STR1042"]),
        ("a build environment as an archive", ["STR1075", "STR1076"]),
        ("strata must not lie in a checkout", ["STR1127"]),
        ("repositories to check out", ["STR1150", "STR1152", "STR1154", "STR1156"]),
        ("sources to describe, or a place that lists versions", ["STR1171", "STR1190", "STR1191"]),
        ("another host, disk or file system", ["STR5002", "STR5004", "STR5008", "STR5009", "STR5107", "STR7064", "STR8002", "STR8003"]),
        ("an image of sources or files that nobody pinned, built", ["STR1202", "STR1203"]),
        ("a build with a command that cannot be made", ["STR5105"]),
        ("ELF files of another machine or with odd contents", ["STR6003", "STR6006", "STR6008", "STR6010", "STR6011"]),
        ("tests of packages that name the code and not the text",
            ["STR6012", "STR6013", "STR6014", "STR6015", "STR6018", "STR6019", "STR6020", "STR6021", "STR6022", "STR6027", "STR6072", "STR6073", "STR6074", "STR6075", "STR6076", "STR6077", "STR6078"]),
        ("tests of root file systems that name the code and not the text",
            ["STR6031", "STR6034", "STR6035", "STR6036", "STR6037", "STR6038", "STR6039", "STR6040", "STR6041", "STR6042", "STR6043", "STR6044"]),
        ("only keys that are made to compare them with BitBake's have it: case sig-weak-vardeps-error of the parse corpus", ["STR3023"]),
        ("an image without a registry", ["STR6208"]),
        ("recipes with such licence statements, built", ["STR7005", "STR7011", "STR7014", "STR7020", "STR7050"]),
        ("statements of vulnerabilities that cannot be read", ["STR7062"]),
        ("a damaged key in a store", ["STR8017"]),
    ];

    [Fact]
    public void Every_message_but_those_of_the_list_is_provoked_by_a_test()
    {
        var known = ExplainVerb.Stages.SelectMany(RuleTests.RulesOf).Select(r => r.Code).ToHashSet(StringComparer.Ordinal);
        var seen = known.Where(Seen()).ToHashSet(StringComparer.Ordinal);

        var listed = s_unseen.SelectMany(u => u.Codes).ToArray();
        Assert.Empty(known.Except(seen).Except(listed).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(listed, code => !known.Contains(code) || seen.Contains(code));
    }

    /// <summary>What the language can say is seen whole: place, caret and hint.</summary>
    [Fact]
    public void Every_message_about_metadata_has_a_case_in_the_corpus()
    {
        string[] otherwise = ["STR2035", "STR2048"];    // OddFilesTests and HostileInputTests: no text can be such a file, or so many files
        var cases = Cases().ToHashSet(StringComparer.Ordinal);

        Assert.Empty(RuleTests.RulesOf(typeof(Strata.Metadata.MetadataRules).Assembly).Select(r => r.Code).Except(cases).Except(otherwise));
    }

    private static Func<string, bool> Seen()
    {
        var cases = Cases().ToHashSet(StringComparer.Ordinal);
        var sources = new[] { "tests/Strata.Tests", "tests/Strata.Scenarios" }
            .SelectMany(d => Directory.EnumerateFiles(RepositoryTree.Path(d), "*.cs", SearchOption.AllDirectories))
            .Where(f => Path.GetFileNameWithoutExtension(f) != nameof(MessageCoverageTests)).Select(File.ReadAllText).ToArray();
        return code => cases.Contains(code) || sources.Any(s => s.Contains(code, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Cases() =>
        Directory.EnumerateFiles(RepositoryTree.Path("tests/corpus/diagnostics")).Select(f => Path.GetFileName(f).Split('-')[0]);
}
