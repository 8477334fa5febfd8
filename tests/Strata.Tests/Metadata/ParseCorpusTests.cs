using Strata.Corpus;

namespace Strata.Tests.Metadata;

/// <summary>Recorded answers of real BitBake. <c>tools/run-corpus</c> prints what differs.</summary>
public sealed class ParseCorpusTests
{
    /// <summary>A task body that is no shell: Strata finds the commands in it all the same, and the shell fails the task.</summary>
    private const string KnownDifference = "sig-shell-syntax-error";

    [Theory]
    [InlineData("parse/hand.jsonl")]
    [InlineData("parse/random.jsonl")]
    [InlineData("parse/more.jsonl")]
    [InlineData("parse/expand.json")]
    [InlineData("parse/vercmp.json")]
    [InlineData("parse/explode.json")]
    [InlineData("expressions/exprs.json")]
    public void Every_recorded_answer_is_given(string file)
    {
        using var corpus = CorpusFile.Open(RepositoryTree.Path($"tests/corpus/{file}"), RepositoryTree.Path("tests/corpus/parse/base"));

        var failed = corpus.Cases.AsParallel().AsOrdered().Select(c => (c.Name, Differences: c.Ask())).Where(r => !r.Differences.IsEmpty).Select(r => r.Name);

        Assert.Equal(corpus.Cases.Select(c => c.Name).Where(n => n == KnownDifference), failed);
    }
}
