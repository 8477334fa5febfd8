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
        var output = context.ArtifactDirectory;
        // A recipe whose class has removed do_package has nothing to write.
        if (context.InputsOf("do_package").FirstOrDefault(i => i.Recipe == context.Task.RecipeName) is not { } packages) return Task.CompletedTask;
        new PackageFileWriter(format, context.Epoch).WriteAll(packages.Path, output, context.Task.Place, diagnostics, cancel);
        context.Report(diagnostics);
        return Task.CompletedTask;
    }
}
