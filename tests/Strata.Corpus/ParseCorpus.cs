using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>Runs recorded parse cases through the metadata stage and, as BitBake does while it parses, through the analysis for keys.</summary>
public static class ParseCorpus
{
    internal static CorpusCase Case(ProjectCase parseCase, Workspace workspace) => new(parseCase.Name, () => Run(parseCase, workspace));

    private static ImmutableArray<Difference> Run(ProjectCase parseCase, Workspace workspace)
    {
        var top = workspace.Write(parseCase);
        try
        {
            var diagnostics = new Diagnostics();
            var metadata = MetadataLoader.Load(new()
            {
                TopDirectory = top,
                Variables = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin"),
                Multiconfig = parseCase.Text("mc"),
                Threads = 1,
            }, diagnostics, CancellationToken.None);
            return new ParseAnswers(parseCase, metadata, diagnostics, text => workspace.Anonymous(text, top)).Differences();
        }
        finally
        {
            Workspace.Delete(top);
        }
    }
}
