using System.Collections.Immutable;
using Strata.Cli.Serving;
using Strata.Packaging;

namespace Strata.Tests.Cli.Serving;

/// <summary>Layouts that were built before, so that the protocol can be tried without a build.</summary>
internal sealed class FixedImages(string name, LayoutImages layout) : IServedImages
{
    private readonly ServedName _name = ServedName.Parse(name);

    public Task<ImmutableArray<string>> TagsAsync(ServedName name, CancellationToken cancel) =>
        name.Key == _name.Key ? Task.FromResult<ImmutableArray<string>>(["latest", "qemuarm64", "qemux86-64"]) : throw new RegistryException(RegistryError.NameUnknown("no such package"));

    public Task<LayoutImages> FindAsync(ServedName name, string tag, CancellationToken cancel) =>
        name.Key == _name.Key && tag is "latest" or "qemux86-64" ? Task.FromResult(layout) : throw new RegistryException(RegistryError.ManifestUnknown("no such package"));

    public ImmutableArray<LayoutImages> Served(ServedName name) => name.Key == _name.Key ? [layout] : [];
}
