using Strata.Core;
using Strata.Metadata.Caching;
using Strata.Metadata.Evaluation;

namespace Strata.Metadata;

/// <summary>Reads a workspace: configuration, layers, every recipe with its appends and variants.</summary>
public static class MetadataLoader
{
    /// <summary>Reports every problem to <paramref name="diagnostics"/>; a recipe with an error is left out of the result.</summary>
    public static LoadedMetadata Load(MetadataRequest request, Diagnostics diagnostics, CancellationToken cancel) =>
        OnLargeStack(() => WorkspaceLoad.Of(request, diagnostics, cancel), cancel)!;

    /// <summary>The configuration alone, for those who ask for nothing of a recipe; null after reporting what is wrong with it.</summary>
    public static Datastore? LoadConfiguration(MetadataRequest request, Diagnostics diagnostics, CancellationToken cancel) =>
        OnLargeStack(() => WorkspaceLoad.ConfigurationOf(request, diagnostics), cancel);

    private static T? OnLargeStack<T>(Func<T?> load, CancellationToken cancel)
        where T : class
    {
        T? loaded = null;
        Workers.Run(1, Workers.LargeStack, _ => loaded = load(), cancel);
        return loaded;
    }
}
