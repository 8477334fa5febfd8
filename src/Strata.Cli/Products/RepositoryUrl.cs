using Strata.Fetch;

namespace Strata.Cli.Products;

/// <summary>Addresses as git takes them, turned into the form that the mirrors use.</summary>
internal static class RepositoryUrl
{
    /// <param name="work">What a relative path is relative to.</param>
    /// <param name="revision">Null while it is not known yet.</param>
    /// <exception cref="ProductException">No address that git could use.</exception>
    public static PinnedGit Pinned(ProductRepository repository, string work, string? revision)
    {
        var (scheme, location) = Split(repository.Url!, work);
        var branch = repository.Branch is null || repository.BranchMayBeTag || repository.Branch.StartsWith("refs/", StringComparison.Ordinal) ? "nobranch=1" : $"branch={repository.Branch}";
        var tag = repository.Tag is null ? "" : $";tag={repository.Tag}";
        var problem = location.Contains(';') ? "it has a semicolon" : null;
        if (problem is not null || !SourceUri.TryParse($"git://{location};protocol={scheme};{branch}{tag}", out var uri, out problem))
            throw new ProductException(ProductRules.BadUrl(repository.Place, repository.Url!, problem));
        return new(uri, revision ?? "");
    }

    private static (string Scheme, string Location) Split(string url, string work)
    {
        if (url.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme) return (url[..scheme], url[(scheme + 3)..]);
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        var isScp = colon > 0 && !url.AsSpan(0, colon).Contains('/');
        return isScp ? ("ssh", $"{url[..colon]}/{url[(colon + 1)..].TrimStart('/')}") : ("file", Path.GetFullPath(url, work));
    }
}
