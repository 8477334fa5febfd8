using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>A package as it stands in a root file system.</summary>
public sealed record InstalledPackage
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Revision { get; init; }

    public required string Recipe { get; init; }

    public required string Architecture { get; init; }

    public required string License { get; init; }

    public string Summary { get; init; } = "";

    /// <summary>Names of the installed packages that it needs, shared libraries included.</summary>
    public ImmutableArray<string> Depends { get; init; } = [];

    /// <summary>Paths as they are in the image, which a merged /usr can have moved.</summary>
    public ImmutableArray<PackagedFile> Files { get; init; } = [];

    /// <summary>Shared libraries that the files ask for, by the package that has them.</summary>
    public ImmutableArray<LibraryRequirement> LibraryRequires { get; init; } = [];

    /// <summary>Code of others inside of the files that are in the image.</summary>
    public ImmutableArray<LinkedCode> Linked { get; init; } = [];

    /// <summary>Files in the image whose link nobody saw.</summary>
    public ImmutableArray<string> UnseenLinks { get; init; } = [];

    [JsonIgnore]
    public string FullVersion => Revision.Length == 0 ? Version : $"{Version}-{Revision}";
}
