using Strata.Corpus;

namespace Strata.Tests.Metadata;

/// <summary>Recorded answers of real BitBake. <c>tools/run-corpus</c> prints what differs.</summary>
public sealed class ParseCorpusTests
{
    /// <summary>
    /// Cases that fail, each with its reason. All of them are recipes that load here, while BitBake's pass over the task signatures
    /// fails them at parse time; Strata makes task keys, and finds the same errors, for the recipes a build needs.
    /// </summary>
    private static readonly string[] s_known =
    [
        "sig-shell-syntax-error",   // a task body that is no shell
        "s2026-0082",               // an exported variable refers to itself: V3 → V3
        "s2026-0090",               // V0 → V1 → V2 → V2
        "s2026-0193",               // V0 → V4 → V7 → V7
        "s2026-0383",               // V4 → V5 → V4
        "s2026-0413",               // V3 → V4:oa → V3
    ];

    [Theory]
    [InlineData("hand.jsonl")]
    [InlineData("random.jsonl")]
    public void Every_recorded_answer_is_given(string file)
    {
        var directory = RepositoryTree.Path("tests/corpus/parse");
        var cases = ParseCase.ReadAll(Path.Combine(directory, file));

        var failed = ParseCorpus.Run(cases, Path.Combine(directory, "base")).Where(r => !r.Passed).ToArray();

        Assert.Equal(s_known.Intersect(cases.Select(c => c.Name)).Order(StringComparer.Ordinal), failed.Select(f => f.Name).Order(StringComparer.Ordinal));
    }
}
