using Strata.Execution;
using Strata.Fetch;

namespace Strata.Cli.Builtins;

/// <summary>do_unpack: the sources become files in UNPACKDIR.</summary>
internal sealed class UnpackTask(SourceTools sources)
{
    public async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var directory = context.Text("UNPACKDIR");
        var options = new UnpackOptions
        {
            Directory = context.HostPath(directory),
            SandboxDirectory = directory,
            Environment = sources.Environment,
            Epoch = context.Epoch,
        };
        context.ReportAll(await new Unpacker(options, sources.Blobs, sources.Fetcher.Git).UnpackAsync(SourceTools.Plan(context), cancel));
    }
}
