using System.Collections.Immutable;
using Strata.Cli.Licenses;
using Strata.Compliance;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_sbom: what the image consists of, and what is known of its vulnerabilities, in the formats of SBOM_FORMATS.</summary>
internal static class SbomTask
{
    private static readonly SortedDictionary<string, (string Suffix, Action<BillOfMaterials, ImmutableArray<CveStatus>, Stream> Write)> s_formats = new(StringComparer.Ordinal)
    {
        ["cyclonedx-1.6"] = (".cdx.json", (bill, _, stream) => CycloneDxWriter.Write(bill, stream)),
        ["cyclonedx-vex-1.6"] = (".vex.cdx.json", VexWriter.WriteCycloneDx),
        ["openvex-0.2"] = (".openvex.json", VexWriter.WriteOpenVex),
        ["spdx-2.3"] = (".spdx-2.3.json", (bill, _, stream) => Spdx2Writer.Write(bill, stream)),
        ["spdx-3.0"] = (".spdx.json", (bill, _, stream) => Spdx3Writer.Write(bill, stream)),
    };

    private static readonly string[] s_vexFormats = ["cyclonedx-vex-1.6", "openvex-0.2"];

    public static Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        var bill = BillBuilder.Build(Request(context), diagnostics);
        var statuses = VexWriter.Relevant(bill, CveStatuses.Parse(context.Text(CveStatuses.Variable)));
        foreach (var name in context.Words("SBOM_FORMATS"))
            if (s_vexFormats.Contains(name) && statuses.IsEmpty) context.Log($"no {name}: no recipe in the image has a CVE_STATUS or a patch that names a CVE");
            else if (s_formats.TryGetValue(name, out var format))
                AtomicFile.Write(Path.Combine(context.ArtifactDirectory, context.Text("IMAGE_NAME") + format.Suffix), stream => format.Write(bill, statuses, stream));
            else diagnostics.Add(ComplianceRules.UnknownFormat(context.Task.Place, name, s_formats.Keys));
        context.Report(diagnostics);
        return Task.CompletedTask;
    }

    private static BillRequest Request(BuiltinContext context) => new()
    {
        Name = context.Text("IMAGE_NAME"),
        Version = context.Text("PV"),
        Origin = new()
        {
            Supplier = context.Text("SBOM_SUPPLIER"),
            SupplierUrl = context.Text("SBOM_SUPPLIER_URL"),
            NamespacePrefix = context.Text("SPDX_NAMESPACE_PREFIX"),
            Created = context.Epoch,
            ToolVersion = typeof(SbomTask).Assembly.GetName().Version!.ToString(3),
        },
        Rootfs = RootfsManifest.Read(RootfsInput.Of(context)),
        LicenseArtifacts = [.. context.InputsOf("do_populate_lic").Select(i => i.Path)],
        Place = context.Task.Place,
    };
}
