using Strata.Core;
using Strata.Execution;
using Strata.Fetch;

namespace Strata.Cli.Builtins;

/// <summary>do_patch: the patches of SRC_URI are applied to S.</summary>
internal sealed class PatchTask(SourceTools sources)
{
    public async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        var series = PatchSeries.Of(SourceTools.Plan(context), context.HostPath(context.Text("UNPACKDIR")), diagnostics);
        context.Report(diagnostics);
        if (series is null or { Patches: [] }) return;

        var patcher = new Patcher(new()
        {
            SourceDirectory = context.HostPath(context.Text("S")),
            WorkDirectory = context.WorkDirectory,
            SandboxWorkDirectory = context.Task.WorkDirectory,
            Environment = sources.Environment,
        });
        try
        {
            await patcher.ApplyAsync(series, context.Log, cancel);
        }
        catch (SourceException failure)
        {
            throw new TaskFailedException(failure.Problem);
        }
    }
}
