using Strata.Compliance;
using Strata.Core;
using Strata.Execution;

namespace Strata.Cli.Builtins;

/// <summary>do_populate_lic: checks LIC_FILES_CHKSUM and collects the texts.</summary>
internal static class LicensesTask
{
    public static Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        LicenseCollector.Collect(new()
        {
            Recipe = context.Text("PN"),
            Version = context.Text("PV"),
            License = context.Text("LICENSE"),
            Evidence = context.Text("LIC_FILES_CHKSUM"),
            SourceDirectory = context.HostPath(context.Text("S")),
            OutputDirectory = context.ArtifactDirectory,
            EvidenceRequired = context.Text("SRC_URI").Length > 0,
            Place = context.Task.Place,
        }, diagnostics);
        context.Report(diagnostics);
        return Task.CompletedTask;
    }
}
