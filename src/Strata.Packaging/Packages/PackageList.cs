using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>The packages of one recipe: <c>packages.json</c> at the top of a do_package artifact, contents under <c>files/PACKAGE/</c>.</summary>
public sealed record PackageList
{
    public const string FileName = "packages.json";

    /// <summary>Where the contents of a package lie below the artifact.</summary>
    public const string FilesDirectory = "files";

    public required string Recipe { get; init; }

    /// <summary>By name, ordinal.</summary>
    public required ImmutableArray<PackageManifest> Packages { get; init; }

    public void Write(string artifact) =>
        AtomicFile.Write(Path.Combine(artifact, FileName), stream => JsonSerializer.Serialize(stream, this, PackagingJson.Default.PackageList));

    /// <exception cref="JsonException">The file is not a package list.</exception>
    /// <exception cref="IOException">The file is absent or unreadable.</exception>
    public static PackageList Read(string artifact)
    {
        using var stream = File.OpenRead(Path.Combine(artifact, FileName));
        return JsonSerializer.Deserialize(stream, PackagingJson.Default.PackageList) ?? throw new JsonException($"'{stream.Name}' is empty");
    }
}
