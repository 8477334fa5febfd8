using Strata.Cli.HostTools;
using Strata.Execution;
using Strata.Sandbox.HostPackages;

namespace Strata.Cli.Builtins;

/// <summary>
/// Copies the packages of HOST_PACKAGE_VERSIONS from the build machine into the artifact. With BUILD_ENVIRONMENT, the recipe that comes
/// first unpacks that instead, and all others find in it what they would import.
/// </summary>
internal sealed class ImportHostPackagesTask(SourceTools sources)
{
    public async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var versions = context.Words("HOST_PACKAGE_VERSIONS");
        if (BuildEnvironment.IsIn(versions))
        {
            if (context.Inputs is []) await new BuildEnvironmentTree(sources, sources.BuildEnvironment!, context).UnpackAsync(cancel);
            else RequireInEnvironment(context, versions[1..]);
            return;
        }
        var database = DpkgDatabase.Read();
        var packages = versions.Select(entry => Find(context, database, entry)).ToArray();
        var files = HostPackageImporter.Import(database, packages, context.ArtifactDirectory, cancel);
        context.Log($"{packages.Length} packages, {files} files");
    }

    private static void RequireInEnvironment(BuiltinContext context, IEnumerable<string> packages)
    {
        _ = context.ArtifactDirectory;
        var root = context.Inputs.Select(i => Path.Combine(i.Path, DpkgDatabase.DefaultDirectory[1..])).FirstOrDefault(Directory.Exists);
        if (root is null)
        {
            context.Log("the build environment has no database of dpkg: nobody knows which packages are in it");
            return;
        }
        var database = DpkgDatabase.Read(root);
        if (packages.Where(p => database.Find(p) is null).ToArray() is { Length: > 0 } missing)
            throw new TaskFailedException(CliRules.NotInEnvironment(context.Task.Place, context.Task.RecipeName, missing));
    }

    /// <summary>The key was made for exactly this version; an upgrade in between would poison the cache.</summary>
    private static HostPackage Find(BuiltinContext context, DpkgDatabase database, string entry)
    {
        if (database.Find(entry.Split('=')[0]) is { } package && package.ToString() == entry) return package;
        throw new TaskFailedException(CliRules.HostPackageChanged(context.Task.Place, entry));
    }
}
