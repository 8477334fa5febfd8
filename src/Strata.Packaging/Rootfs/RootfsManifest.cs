using System.Collections.Immutable;
using System.Text.Json;
using Strata.Core;

namespace Strata.Packaging;

/// <summary><c>rootfs.json</c>: what is in a root file system and where each part came from.</summary>
public sealed record RootfsManifest
{
    public const string FileName = "rootfs.json";
    public const string TarName = "rootfs.tar";

    public required string Hostname { get; init; }

    /// <summary>Seconds since 1970, the time of every file inside.</summary>
    public required long Epoch { get; init; }

    /// <summary>Bytes of all regular files together.</summary>
    public required long Size { get; init; }

    /// <summary>By name, ordinal.</summary>
    public required ImmutableArray<InstalledPackage> Packages { get; init; }

    /// <summary>Entries that no package owns: links between alternatives, account files with additions, files from edits.</summary>
    public ImmutableArray<PackagedFile> Generated { get; init; } = [];

    public void Write(string directory) =>
        AtomicFile.Write(Path.Combine(directory, FileName), stream => JsonSerializer.Serialize(stream, this, PackagingJson.Default.RootfsManifest));

    /// <exception cref="JsonException">The file is not a root file system's manifest.</exception>
    public static RootfsManifest Read(string directory)
    {
        using var stream = File.OpenRead(Path.Combine(directory, FileName));
        return JsonSerializer.Deserialize(stream, PackagingJson.Default.RootfsManifest) ?? throw new JsonException($"'{stream.Name}' is empty");
    }
}
