using Strata.Execution;
using Strata.Sandbox.HostPackages;

namespace Strata.Cli.Builtins;

/// <summary>Copies the packages of HOST_PACKAGE_VERSIONS from the build machine into the artifact.</summary>
internal static class ImportHostPackagesTask
{
    public static Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var database = DpkgDatabase.Read();
        var packages = context.Words("HOST_PACKAGE_VERSIONS").Select(entry => Find(context, database, entry)).ToArray();
        var files = HostPackageImporter.Import(database, packages, context.ArtifactDirectory, cancel);
        context.Log($"{packages.Length} packages, {files} files");
        return Task.CompletedTask;
    }

    /// <summary>The key was made for exactly this version; an upgrade in between would poison the cache.</summary>
    private static HostPackage Find(BuiltinContext context, DpkgDatabase database, string entry)
    {
        if (database.Find(entry.Split('=')[0]) is { } package && package.ToString() == entry) return package;
        throw new TaskFailedException(CliRules.HostPackageChanged(context.Task.Place, entry));
    }
}
