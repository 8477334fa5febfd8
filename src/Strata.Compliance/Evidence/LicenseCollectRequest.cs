using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>A recipe's licence and where its proof lies.</summary>
public sealed record LicenseCollectRequest
{
    public required string Recipe { get; init; }

    public required string Version { get; init; }

    public string Summary { get; init; } = "";

    public string Homepage { get; init; } = "";

    /// <summary>Names in vulnerability databases.</summary>
    public ImmutableArray<string> Cpes { get; init; } = [];

    /// <summary>What SRC_URI pins, in its order.</summary>
    public ImmutableArray<RecipeSource> Sources { get; init; } = [];

    public SourceFindings Detected { get; init; } = SourceFindings.None;

    /// <summary>LICENSE.</summary>
    public required string License { get; init; }

    /// <summary>LICENSE:package of those packages that have one.</summary>
    public ImmutableSortedDictionary<string, string> PackageLicenses { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>LIC_FILES_CHKSUM as written.</summary>
    public required string Evidence { get; init; }

    /// <summary>S, on the host. Texts are read from inside it only, links not excepted.</summary>
    public required string SourceDirectory { get; init; }

    /// <summary>GOMODCACHE, on the host; may be missing.</summary>
    public string GoModules { get; init; } = "/nonexistent";

    /// <summary>Unpacked crates, on the host; may be missing.</summary>
    public string Crates { get; init; } = "/nonexistent";

    /// <summary>Other directories that absolute paths of the evidence may name (a directory of common licences): path as written to path on the host.</summary>
    public ImmutableSortedDictionary<string, string> Directories { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Where texts that matched are kept, to show what changed when one no longer does; empty for nowhere.</summary>
    public string ReviewedTexts { get; init; } = "";

    /// <summary>Becomes the artifact.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Sources were fetched, so there must be evidence; false for recipes with nothing but their own files.</summary>
    public bool EvidenceRequired { get; init; } = true;

    /// <summary>The recipe's file, for messages.</summary>
    public SourceSpan Place { get; init; }
}
