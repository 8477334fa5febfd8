using Strata.Compliance;
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
            Features = context.Words("IMAGE_FEATURES"),
            Database = Database(context),
            TimeZone = context.Text("IMAGE_TIMEZONE"),
            Locale = context.Text("IMAGE_LOCALE"),
            Programs = context.Words("IMAGE_PROGRAMS"),
            ProgramFiles = context.Words("IMAGE_PROGRAM_FILES"),
            MergedUsr = context.Words("DISTRO_FEATURES").Contains("usrmerge", StringComparer.Ordinal),
            Documents = rootfs => LicenseManifestWriter.InImage(rootfs, [.. context.InputsOf("do_populate_lic").Select(i => i.Path)],
                manifest: context.Flag("COPY_LIC_MANIFEST"), texts: context.Flag("COPY_LIC_DIRS")),
            Place = context.Task.Place,
        }, diagnostics, cancel);
        context.Report(diagnostics);
        foreach (var package in manifest?.Packages ?? []) context.Log($"{package.Name} {package.Version}");
        return Task.CompletedTask;
    }

    /// <summary>The first of PACKAGE_CLASSES, as in Yocto; dpkg's when there is none, because scanners know it.</summary>
    private static FeedFormat Database(BuiltinContext context) =>
        context.Words("PACKAGE_CLASSES").Select(c => FeedFormat.Of(c.Replace("package_", "", StringComparison.Ordinal))).FirstOrDefault(f => f is not null) ?? FeedFormat.Deb;
}
