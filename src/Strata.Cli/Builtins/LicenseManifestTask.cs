using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_license_manifest: what is installed in the image, under which licence, with the texts, what the policy says of it, and reports about all that.</summary>
internal static class LicenseManifestTask
{
    public static Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        var rootfs = RootfsInput.Of(context);
        ImmutableArray<string> artifacts = [.. context.InputsOf("do_populate_lic").Select(i => i.Path)];
        LicenseManifestWriter.Write(new()
        {
            Rootfs = RootfsManifest.Read(rootfs),
            LicenseArtifacts = artifacts,
            OutputDirectory = context.ArtifactDirectory,
            Place = context.Task.Place,
        }, diagnostics);
        LicenseReportWriter.Write(new()
        {
            Image = context.Text("IMAGE_NAME"),
            Version = context.Text("PV"),
            Rootfs = RootfsManifest.Read(rootfs),
            LicenseArtifacts = artifacts,
            Policy = LicensePolicyReader.Read(context.Variable, _ => context.Task.Place, diagnostics),
            Install = context.Words("IMAGE_INSTALL"),
            Identities = [.. ImageIdentities.Of(context).Select(i => $"{i.Name} {i.Digest}")],
            Supplier = context.Text("SBOM_SUPPLIER"),
            Contact = context.Text("SBOM_SUPPLIER_URL"),
            OfferYears = context.Text("LICENSE_OFFER_YEARS"),
            Reports = context.Words("LICENSE_REPORTS"),
            TemplateDirectory = context.Text("LICENSE_TEMPLATES"),
            OutputDirectory = context.ArtifactDirectory,
            Place = context.Task.Place,
        }, diagnostics);
        context.Report(diagnostics);
        return Task.CompletedTask;
    }
}
