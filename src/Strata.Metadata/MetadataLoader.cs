using Strata.Core;
using Strata.Metadata.Caching;
using Strata.Metadata.Evaluation;

namespace Strata.Metadata;

/// <summary>Reads a workspace: configuration, layers, every recipe with its appends and variants.</summary>
public static class MetadataLoader
{
    /// <summary>Reports every problem to <paramref name="diagnostics"/>; a recipe with an error is left out of the result.</summary>
    public static LoadedMetadata Load(MetadataRequest request, Diagnostics diagnostics, CancellationToken cancel)
    {
        LoadedMetadata? loaded = null;
        Workers.Run(1, Workers.LargeStack, _ => loaded = new WorkspaceLoad(request, diagnostics, cancel).Run(), cancel);
        return loaded!;
    }
}
