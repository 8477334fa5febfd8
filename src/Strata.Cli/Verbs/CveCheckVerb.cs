using CommandLine;
using Strata.Cache;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Cli.Vulnerabilities;
using Strata.Compliance;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("cve check", HelpText = "Look up the components of an image in a vulnerability database on disk; asks no network. Patches and CVE_STATUS count.")]
[Examples(
    "strata cve check build/tmp/deploy/images/qemux86-64/hello-image-qemux86-64.oci --db osv/",
    "strata cve check product.cdx.json --db nvd/ --fail-on high --sarif > cve.sarif")]
public sealed record CveCheckVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "An SBOM (SPDX 2.3, SPDX 3.0.1 or CycloneDX 1.6 in JSON), an image with one beside it, or an image with one attached: HOST/REPOSITORY:TAG, DIR, RECIPE.")]
    public string Image { get; init; } = "";

    [Option("db", MetaValue = "DIR", Required = true, HelpText = "Directory of .json and .json.gz files: OSV, CVE records 5, NVD 2.0, in any mixture.")]
    public string Database { get; init; } = "";

    [Option("vex", MetaValue = "FILE", HelpText = "What the supplier says of vulnerabilities, OpenVEX or CycloneDX (default: the one beside the SBOM); may be repeated.")]
    public IEnumerable<string> Vex { get; init; } = [];

    [Option("fail-on", MetaValue = "LEVEL", HelpText = "Exit with 1 on open vulnerabilities from this severity on: low, medium, high or critical; those that nobody rated count, too.")]
    public string? FailOn { get; init; }

    [Option("index", MetaValue = "FILE", HelpText = "Where to remember what the database says (default: in the cache of the workspace or of the user).")]
    public string? Index { get; init; }

    [Option("json", HelpText = "JSON instead of text.")]
    public bool Json { get; init; }

    [Option("sarif", HelpText = "SARIF 2.1.0 instead of text.")]
    public bool Sarif { get; init; }

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        var threshold = Threshold(diagnostics);
        var index = IndexFile(places, context, diagnostics);
        if (threshold is null || index is null) return Refused(context, diagnostics, ExitCode.Usage);
        var subject = await SubjectAsync(places, diagnostics, cancel);
        if (subject is null) return Refused(context, diagnostics, ExitCode.BuildFailed);
        try
        {
            using var database = AdvisoryDatabase.Open(places.Absolute(Database), index, diagnostics, cancel);
            if (database is null) return Refused(context, diagnostics, ExitCode.BuildFailed);
            var report = new CveReport(subject.Name, places.Absolute(Database), database.Files, database.FilesRead, SbomComponent.Of(subject.Image).Length,
                new CveMatcher(subject.Image, subject.Statements, database.Find).Run());
            context.Output.Write(Sarif ? CveReportWriter.Sarif(report, typeof(CveCheckVerb).Assembly.GetName().Version!.ToString(3)) : Json ? CveReportWriter.Json(report) : CveReportWriter.Text(report));
            Print(context, diagnostics);
            // A file that could not be read may be the one that matters.
            return diagnostics.HasErrors || (FailOn is not null && report.HasOpen(threshold.Value)) ? ExitCode.BuildFailed : ExitCode.Success;
        }
        catch (StoreException e)
        {
            diagnostics.Add(e.Diagnostic);
            return Refused(context, diagnostics, ExitCode.BuildFailed);
        }
    }

    private AdvisorySeverity? Threshold(Diagnostics diagnostics)
    {
        AdvisorySeverity[] steps = [AdvisorySeverity.Low, AdvisorySeverity.Medium, AdvisorySeverity.High, AdvisorySeverity.Critical];
        if (FailOn is null) return AdvisorySeverity.Low;
        foreach (var step in steps)
            if (step.ToString().Equals(FailOn, StringComparison.OrdinalIgnoreCase)) return step;
        diagnostics.Add(ComplianceRules.UnknownSeverity(FailOn));
        return null;
    }

    /// <summary>One for each database, so that two of them do not drive each other out.</summary>
    private string? IndexFile(ImagePlaces places, CommandContext context, Diagnostics diagnostics)
    {
        if (Index is not null) return places.Absolute(Index);
        var name = Path.Combine("advisories", Digest.Of(places.Absolute(Database)).Hex[..16] + ".sqlite");
        if (Workspace.Find(context.CurrentDirectory, context.Environment) is { } workspace) return Path.Combine(workspace.BuildDirectory, "cache", name);
        if (context.Environment.GetValueOrDefault("XDG_CACHE_HOME") is { Length: > 0 } caches) return Path.Combine(caches, "strata", name);
        if (context.Environment.GetValueOrDefault("HOME") is { Length: > 0 } home) return Path.Combine(home, ".cache", "strata", name);
        diagnostics.Add(ComplianceRules.NoIndexPlace());
        return null;
    }

    private async Task<CveSubject?> SubjectAsync(ImagePlaces places, Diagnostics diagnostics, CancellationToken cancel)
    {
        var (path, vex) = (places.Absolute(Image), Vex.Select(places.Absolute));
        if (path.EndsWith(".json", StringComparison.Ordinal)) return CveSubject.OfFile(path, vex, diagnostics);
        var missing = new Diagnostics();
        if ((File.Exists(path) || System.IO.Directory.Exists(path)) && StatementPlaces.Find(path, missing) is { } beside) return CveSubject.OfFile(beside, vex, diagnostics);
        if (File.Exists(path))
        {
            foreach (var problem in missing.Sorted()) diagnostics.Add(problem);
            return null;
        }
        var (store, name) = places.Find(Image, cancel);
        if (store is LayoutImages && StatementPlaces.Find(store.Place, missing) is { } built) return CveSubject.OfFile(built, vex, diagnostics);
        return await CveSubject.OfAttachedAsync(Image, store, name, vex, diagnostics, cancel);
    }

    private static ExitCode Refused(CommandContext context, Diagnostics diagnostics, ExitCode code)
    {
        Print(context, diagnostics);
        return code;
    }

    private static void Print(CommandContext context, Diagnostics diagnostics)
    {
        foreach (var problem in diagnostics.Sorted()) context.Error.WriteLine(problem);
    }
}
