using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_rootfs: the packages of IMAGE_INSTALL and what they need become rootfs.tar.</summary>
internal static class RootfsTask
{
    public static Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        var manifest = RootfsBuilder.Build(new()
        {
            Install = context.Words("IMAGE_INSTALL"),
            PackageArtifacts = [.. context.InputsOf("do_package").Select(i => i.Path)],
            OutputDirectory = context.ArtifactDirectory,
            Epoch = context.Epoch,
            Hostname = context.Text("IMAGE_HOSTNAME"),
            RequireBasics = context.Flag("IMAGE_BASICS"),
            WithoutRecommendations = context.Flag("NO_RECOMMENDATIONS"),
            BadRecommendations = context.Words("BAD_RECOMMENDATIONS"),
            Excluded = context.Words("PACKAGE_EXCLUDE"),
            Place = context.Task.Place,
        }, diagnostics, cancel);
        context.Report(diagnostics);
        foreach (var package in manifest?.Packages ?? []) context.Log($"{package.Name} {package.Version}");
        return Task.CompletedTask;
    }
}
