using CommandLine;
using Strata.Cli.Licenses;
using Strata.Cli.Usage;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("license audit", HelpText = "Check an image against its SBOM and a licence policy, with nothing else at hand: every file, digest, package, recipe and source.")]
[Examples(
    "strata license audit build/tmp/deploy/images/qemux86-64/hello-image-qemux86-64.oci",
    "strata license audit image.rootfs.tar.gz --sbom image.spdx-2.3.json --policy conf/license-policy.conf --sarif > audit.sarif")]
public sealed record LicenseAuditVerb : VerbOptions, IVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "An OCI image layout, or a root file system as .tar or .tar.gz.")]
    public string Image { get; init; } = "";

    [Option("sbom", MetaValue = "FILE", HelpText = "SPDX 2.3, SPDX 3.0.1 or CycloneDX 1.6 in JSON (default: the one beside the image, or attached to it).")]
    public string? Sbom { get; init; }

    [Option("policy", MetaValue = "FILE", HelpText = "Which licences may ship: a file such as conf/license-policy.conf (default: all of them).")]
    public string? Policy { get; init; }

    [Option("json", HelpText = "JSON instead of text.")]
    public bool Json { get; init; }

    [Option("sarif", HelpText = "SARIF 2.1.0 instead of text.")]
    public bool Sarif { get; init; }

    public async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var place = Path.GetFullPath(Directory ?? ".", context.CurrentDirectory);
        var diagnostics = new Diagnostics();
        var policy = Policy is null ? new() : PolicyFile.Read(Path.GetFullPath(Policy, place), diagnostics);
        foreach (var problem in diagnostics.Sorted()) context.Error.WriteLine(problem);
        if (policy is null || diagnostics.HasErrors) return ExitCode.BadMetadata;

        var image = Path.GetFullPath(Image, place);
        var report = Sbom is null && await AttachedAsync(image, cancel) is { } attached
            ? ImageAuditor.Audit(image, attached, policy, PolicyFile.Today, cancel)
            : ImageAuditor.Audit(image, Sbom is null ? null : Path.GetFullPath(Sbom, place), policy, PolicyFile.Today, cancel);
        context.Output.Write(Sarif ? AuditWriter.Sarif(report, typeof(LicenseAuditVerb).Assembly.GetName().Version!.ToString(3)) : Json ? AuditWriter.Json(report) : AuditWriter.Text(report));
        return report.Passed ? ExitCode.Success : ExitCode.BuildFailed;
    }

    /// <summary>What came with an image from a registry, where no SBOM lies beside it. What is damaged about it the audit says better.</summary>
    private static async Task<AttachedDocument?> AttachedAsync(string image, CancellationToken cancel)
    {
        if (StatementPlaces.Find(image, new()) is not null || !LayoutImages.Exists(image)) return null;
        try
        {
            var layout = new LayoutImages(image);
            return layout.OnlyTag is { } tag ? AttachedStatement.FindBill(await Referrers.ReadAsync(layout, await layout.GetAsync(tag, cancel), cancel)) : null;
        }
        catch (ImageException)
        {
            return null;
        }
    }
}
