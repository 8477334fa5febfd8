using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>Runs recorded parse cases through the metadata stage.</summary>
public static class ParseCorpus
{
    /// <param name="baseLayer">The directory <c>base</c> beside the recorded cases.</param>
    public static ImmutableArray<CaseResult> Run(IEnumerable<ParseCase> cases, string baseLayer)
    {
        using var workspace = new Workspace(baseLayer);
        return [.. cases.AsParallel().AsOrdered().Select(c => Run(c, workspace))];
    }

    private static CaseResult Run(ParseCase parseCase, Workspace workspace)
    {
        var top = workspace.Write(parseCase);
        var diagnostics = new Diagnostics();
        var metadata = MetadataLoader.Load(new()
        {
            TopDirectory = top,
            Variables = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin"),
            Multiconfig = parseCase.Text("mc"),
            Threads = 1,
        }, diagnostics, CancellationToken.None);
        var answers = new ParseAnswers(parseCase, metadata, diagnostics, text => workspace.Anonymous(text, top));
        return new(parseCase.Name, answers.Differences());
    }
}
