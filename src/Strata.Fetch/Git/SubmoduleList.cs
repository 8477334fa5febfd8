using System.Collections.Immutable;

namespace Strata.Fetch;

/// <summary>Reads what git prints about the repositories inside a tree.</summary>
internal static class SubmoduleList
{
    private const string Commit = "160000 commit ";

    /// <summary>The submodules of the tree, in its order. Those without an address are left out; git leaves their directories empty, too.</summary>
    /// <param name="tree">What <c>git ls-tree -r -z</c> says.</param>
    /// <param name="settings">What <c>git config --blob …:.gitmodules --null --list</c> says.</param>
    /// <exception cref="SourceException">An address names no repository on a server.</exception>
    public static ImmutableArray<Submodule> Read(PinnedGit outer, string tree, string settings)
    {
        var addresses = AddressesOf(settings);
        var within = outer.Uri.Parameter("subpath")?.Trim('/') is { Length: > 0 } subpath ? subpath + "/" : "";
        return [.. from entry in tree.Split('\0')
                   where entry.StartsWith(Commit, StringComparison.Ordinal)
                   let parts = entry[Commit.Length..].Split('\t', 2)
                   let path = parts[1]
                   where path.StartsWith(within, StringComparison.Ordinal) && addresses.ContainsKey(path)
                   select new Submodule(path[within.Length..], new(Resolve(outer, path, addresses[path]), parts[0]) { Secrets = outer.Secrets })];
    }

    private static SourceUri Resolve(PinnedGit outer, string path, string address) =>
        SubmoduleAddress.TryResolve(outer.Uri, address, out var uri, out var problem) ? uri : throw new SourceException(FetchRules.BadSubmodule(outer.Uri, path, problem));

    /// <summary>Addresses by path, from <c>submodule.NAME.path</c> and <c>submodule.NAME.url</c>.</summary>
    private static Dictionary<string, string> AddressesOf(string settings)
    {
        var modules = settings.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('\n', 2))
            .Where(s => s.Length == 2 && s[0].StartsWith("submodule.", StringComparison.Ordinal))
            .ToLookup(s => s[0][(s[0].LastIndexOf('.') + 1)..], s => (Name: s[0][..s[0].LastIndexOf('.')], Value: s[1]));
        var urls = modules["url"].GroupBy(u => u.Name).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
        return modules["path"].Where(p => urls.ContainsKey(p.Name)).GroupBy(p => p.Value.TrimEnd('/'))
            .ToDictionary(g => g.Key, g => urls[g.Last().Name], StringComparer.Ordinal);
    }
}
