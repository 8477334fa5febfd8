using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>Everything there is to know about one package without opening its files.</summary>
public sealed record PackageManifest
{
    public required string Name { get; init; }

    /// <summary>PV, without the revision.</summary>
    public required string Version { get; init; }

    /// <summary>PR, for instance <c>r0</c>.</summary>
    public required string Revision { get; init; }

    public required string Recipe { get; init; }

    public required string Architecture { get; init; }

    /// <summary>As the recipe states it, for this package.</summary>
    public required string License { get; init; }

    public string Summary { get; init; } = "";

    /// <summary>DESCRIPTION; may have several lines.</summary>
    public string Description { get; init; } = "";

    public string Section { get; init; } = "";

    public string Homepage { get; init; } = "";

    public string Maintainer { get; init; } = "";

    /// <summary>RDEPENDS with their version constraints: <c>libz1 (&gt;= 1.2)</c>.</summary>
    public ImmutableArray<string> Depends { get; init; } = [];

    public ImmutableArray<string> Recommends { get; init; } = [];

    public ImmutableArray<string> Provides { get; init; } = [];

    public ImmutableArray<string> Conflicts { get; init; } = [];

    public ImmutableArray<string> Replaces { get; init; } = [];

    /// <summary>Shared libraries inside, by soname.</summary>
    public ImmutableArray<SharedLibrary> LibraryProvides { get; init; } = [];

    /// <summary>Shared libraries that the package's own files ask for, by soname.</summary>
    public ImmutableArray<LibraryRequirement> LibraryRequires { get; init; } = [];

    /// <summary>Other packages that scripts are started with, or that descriptions for pkg-config name.</summary>
    public ImmutableArray<string> FoundDepends { get; init; } = [];

    /// <summary>Program loaders that the package's executables name; each must exist in the image.</summary>
    public ImmutableArray<string> Interpreters { get; init; } = [];

    /// <summary>Code of others inside of the files, by kind and name.</summary>
    public ImmutableArray<LinkedCode> Linked { get; init; } = [];

    /// <summary>Programs and libraries whose link nobody saw, so that whatever is inside of them is not in <see cref="Linked"/>.</summary>
    public ImmutableArray<string> UnseenLinks { get; init; } = [];

    /// <summary>CONFFILES that exist in the package.</summary>
    public ImmutableArray<string> ConfigurationFiles { get; init; } = [];

    public ImmutableArray<Alternative> Alternatives { get; init; } = [];

    public ImmutableArray<GroupAccount> Groups { get; init; } = [];

    public ImmutableArray<UserAccount> Users { get; init; } = [];

    /// <summary>Shell texts of the recipe by when they run: preinst, postinst, postinst_ontarget, prerm, postrm.</summary>
    public ImmutableSortedDictionary<string, string> Scripts { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Sum of the sizes of the files.</summary>
    public long InstalledSize { get; init; }

    /// <summary>In ordinal order of their paths; directories before what they contain.</summary>
    public ImmutableArray<PackagedFile> Files { get; init; } = [];

    /// <summary>What the files turned out to need beside what was declared, ordinal by name; a library's version is the one it was linked against.</summary>
    [JsonIgnore]
    public ImmutableArray<PackageRelation> AutomaticDepends =>
        [.. LibraryRequires.Select(l => l.Relation).OfType<PackageRelation>().Concat(FoundDepends.Select(n => new PackageRelation(n, "", "")))
            .DistinctBy(r => r.Name, StringComparer.Ordinal).OrderBy(r => r.Name, StringComparer.Ordinal)];

    /// <summary>Version and revision as package managers print them.</summary>
    [JsonIgnore]
    public string FullVersion => Revision.Length == 0 ? Version : $"{Version}-{Revision}";
}
