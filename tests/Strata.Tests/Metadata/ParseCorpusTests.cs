using Strata.Corpus;

namespace Strata.Tests.Metadata;

/// <summary>Recorded answers of real BitBake. <c>tools/run-corpus</c> prints what differs.</summary>
public sealed class ParseCorpusTests
{
    [Theory]
    [InlineData("parse/hand.jsonl")]
    [InlineData("parse/random.jsonl")]
    [InlineData("parse/more.jsonl")]
    [InlineData("parse/shell.jsonl")]
    [InlineData("parse/expand.json")]
    [InlineData("parse/vercmp.json")]
    [InlineData("parse/explode.json")]
    [InlineData("expressions/exprs.json")]
    [InlineData("expressions/more.json")]
    [InlineData("build/build.jsonl")]
    public void Every_recorded_answer_is_given(string file)
    {
        using var corpus = CorpusFile.Open(RepositoryTree.Path($"tests/corpus/{file}"), RepositoryTree.Path("tests/corpus/parse/base"));

        Assert.NotEmpty(corpus.Cases);
        Assert.Empty(corpus.Cases.AsParallel().AsOrdered().Where(c => !c.Ask().IsEmpty).Select(c => c.Name));
    }
}
