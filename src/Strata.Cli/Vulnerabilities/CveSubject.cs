using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Vulnerabilities;

/// <summary>An SBOM with what its supplier says of vulnerabilities: both from files, or both from what is attached to an image.</summary>
/// <param name="Name">For reports.</param>
internal sealed record CveSubject(string Name, StatedImage Image, ImmutableArray<VexStatement> Statements)
{
    private const string OpenVexEnding = ".openvex.json";
    private const string CycloneDxVexEnding = ".vex.cdx.json";

    /// <summary>Null after reporting why it cannot be read.</summary>
    /// <param name="vex">Besides those that lie beside the SBOM.</param>
    public static CveSubject? OfFile(string sbom, IEnumerable<string> vex, Diagnostics diagnostics)
    {
        var image = StatementReader.Read(sbom, diagnostics);
        var stem = StatementPlaces.Stem(sbom);
        // Both say the same, so one is enough.
        var beside = ((string[])[stem + OpenVexEnding, stem + CycloneDxVexEnding]).Where(f => f != sbom && File.Exists(f)).Take(1);
        var statements = beside.Concat(vex).SelectMany(file => ReadVex(file, diagnostics)).ToImmutableArray();
        return image is null || diagnostics.Sorted().Any(d => d.Place.File != sbom && d.Severity == Severity.Error) ? null : new(sbom, image, statements);
    }

    /// <summary>Null after reporting that nothing is attached, or why it cannot be read.</summary>
    public static async Task<CveSubject?> OfAttachedAsync(string word, ImageStore store, string name, IEnumerable<string> vex, Diagnostics diagnostics, CancellationToken cancel)
    {
        var manifest = await store.GetAsync(name, cancel);
        var documents = await Referrers.ReadAsync(store, manifest, cancel);
        if (AttachedStatement.FindBill(documents) is not { } sbom)
        {
            diagnostics.Add(ComplianceRules.NoStatement(word, ["what is attached to it"]));
            return null;
        }
        var image = StatementReader.Read($"{word} ({sbom.Type})", sbom.Content, diagnostics);
        var attached = AttachedStatement.Vex(documents).SelectMany(d => VexReader.Read($"{word} ({d.Type})", d.Content, diagnostics) ?? []);
        var statements = attached.Concat(vex.SelectMany(file => ReadVex(file, diagnostics))).ToImmutableArray();
        return image is null || diagnostics.HasErrors ? null : new(word, image, statements);
    }

    private static ImmutableArray<VexStatement> ReadVex(string file, Diagnostics diagnostics) => VexReader.Read(file, diagnostics) ?? [];
}
