using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_package_write_deb and do_package_write_ipk: the recipe's packages as files that a package manager installs.</summary>
internal sealed class PackageWriteTask(FeedFormat format)
{
    public Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        var packages = context.InputsOf("do_package").First(i => i.Recipe == context.Task.RecipeName).Path;
        new PackageFileWriter(format, context.Epoch).WriteAll(packages, context.ArtifactDirectory, context.Task.Place, diagnostics, cancel);
        context.Report(diagnostics);
        return Task.CompletedTask;
    }
}
