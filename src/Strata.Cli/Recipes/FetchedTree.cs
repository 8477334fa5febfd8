using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Cli.Recipes;

/// <summary>Sources that were unpacked to be looked at; disposing removes them.</summary>
internal sealed class FetchedTree : IDisposable
{
    private FetchedTree(string top) => Top = top;

    /// <summary>What UNPACKDIR is in a build.</summary>
    public string Top { get; }

    /// <summary>The one directory that the sources unpack to, or <see cref="Top"/> when there are several.</summary>
    public string Root => Directory.GetFileSystemEntries(Top) is [var one] && Directory.Exists(one) ? one : Top;

    /// <exception cref="SourceException">Something cannot be fetched or unpacked.</exception>
    public static async Task<FetchedTree> OfAsync(SourcePlan plan, SourceTools tools, CancellationToken cancel)
    {
        foreach (var outcome in await tools.Fetcher.FetchAsync(plan, null, cancel))
            if (outcome is FetchOutcome.Unavailable { Problem: var problem }) throw new SourceException(problem);
        var tree = new FetchedTree(Directory.CreateTempSubdirectory("strata-sources-").FullName);
        try
        {
            var options = new UnpackOptions { Directory = tree.Top, SandboxDirectory = "/build/work/sources", Environment = tools.Environment };
            _ = await new Unpacker(options, tools.Blobs, tools.Fetcher.Git).UnpackAsync(plan, cancel);
            return tree;
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    public void Dispose() => FileTree.Delete(Top);
}
