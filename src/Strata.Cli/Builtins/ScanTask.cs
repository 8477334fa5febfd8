using Strata.Compliance;
using Strata.Execution;

namespace Strata.Cli.Builtins;

/// <summary>do_scan: what the sources say about their licences, read before anything is built among them.</summary>
internal static class ScanTask
{
    public static Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var findings = SourceScanner.Scan(context.HostPath(context.Text("S")), cancel);
        findings.Write(context.HostPath(context.Text("WORKDIR")));
        context.Log($"{findings.Copyrights.Length} copyright notices, {findings.Licenses.Count} SPDX expressions");
        return Task.CompletedTask;
    }
}
