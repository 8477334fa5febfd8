using System.Collections.Immutable;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>An image, what its recipes say of themselves, and what may ship.</summary>
public sealed record LicenseReportRequest
{
    public required string Image { get; init; }

    public required string Version { get; init; }

    public required RootfsManifest Rootfs { get; init; }

    /// <summary>Directories with licenses.json and texts/.</summary>
    public required ImmutableArray<string> LicenseArtifacts { get; init; }

    public required LicensePolicy Policy { get; init; }

    /// <summary>What the image names; the rest is in it because of these.</summary>
    public ImmutableArray<string> Install { get; init; } = [];

    public ImmutableArray<string> Identities { get; init; } = [];

    public string Supplier { get; init; } = "";

    public string Contact { get; init; } = "";

    public string OfferYears { get; init; } = "3";

    /// <summary>Names of <see cref="LicenseReportWriter.Known"/>.</summary>
    public ImmutableArray<string> Reports { get; init; } = [];

    /// <summary>Templates in it come before those of Strata; may be empty.</summary>
    public string TemplateDirectory { get; init; } = "";

    public required string OutputDirectory { get; init; }

    /// <summary>The image recipe's file, for messages.</summary>
    public SourceSpan Place { get; init; }
}
