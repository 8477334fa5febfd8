using System.Collections.Immutable;
using Strata.Packaging;

namespace Strata.Cli.Serving;

/// <summary>The images behind a registry that nobody pushes to.</summary>
internal interface IServedImages
{
    /// <summary>The tags that a name can be pulled with, ordinal.</summary>
    /// <exception cref="RegistryException">Nothing can be pulled under that name.</exception>
    Task<ImmutableArray<string>> TagsAsync(ServedName name, CancellationToken cancel);

    /// <summary>The layout with the image as it is now; its tag is <c>latest</c>.</summary>
    /// <exception cref="RegistryException">There is no such image.</exception>
    Task<LayoutImages> FindAsync(ServedName name, string tag, CancellationToken cancel);

    /// <summary>Every layout that was served under the name so far, the newest first: a pull that has begun is to end.</summary>
    ImmutableArray<LayoutImages> Served(ServedName name);
}
