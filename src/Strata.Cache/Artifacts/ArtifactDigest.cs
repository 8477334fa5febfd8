using Strata.Core;

namespace Strata.Cache;

/// <summary>The identity of a directory tree: names, kinds, read and execute permission, contents. Not times, owners, order or place.</summary>
public static class ArtifactDigest
{
    /// <summary>The digest that the directory would have in a store; changes nothing.</summary>
    /// <exception cref="StoreException">The tree has entries that cannot be stored or read.</exception>
    public static Digest Of(string directory, CancellationToken cancel = default) => throw new NotImplementedException();
}
