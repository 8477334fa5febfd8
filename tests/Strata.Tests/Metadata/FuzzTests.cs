using Strata.Corpus;

namespace Strata.Tests.Metadata;

/// <summary>A little of what <c>tools/fuzz-metadata</c> does for as long as one likes.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Broken_projects_are_reported_and_crash_nothing()
    {
        using var fuzzer = new MetadataFuzzer(RepositoryTree.Path("tests/corpus/parse/hand.jsonl"), RepositoryTree.Path("tests/corpus/parse/base"));

        Assert.Empty(Enumerable.Range(1, 150).Select(fuzzer.Try).OfType<string>());
    }
}
