using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_rootfs: the packages of IMAGE_INSTALL and what they need become rootfs.tar.</summary>
internal static class RootfsTask
{
    /// <summary>Where scripts find the tree is <c>$D</c>; the other names are those that opkg and dpkg give it.</summary>
    private const string RunScript = """D=$1 OFFLINE_ROOT=$1 IPKG_OFFLINE_ROOT=$1 OPKG_OFFLINE_ROOT=$1 DPKG_ROOT=$1; export D OFFLINE_ROOT IPKG_OFFLINE_ROOT OPKG_OFFLINE_ROOT DPKG_ROOT; exec "$2" configure""";

    private const int ScriptMode = 0x1ED;

    public static async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        RootfsManifest? manifest = null;
        if (RootfsBuilder.Begin(Request(context), diagnostics) is { } builder)
            manifest = builder.Finish(await RunScriptsAsync(builder, context, cancel), diagnostics, cancel);
        context.Report(diagnostics);
        foreach (var package in manifest?.Packages ?? []) context.Log($"{package.Name} {package.Version}");
    }

    /// <summary>Runs what packages want to run after installation, each in the sandbox of the task.</summary>
    /// <returns>The packages whose script succeeded; those of the others are left for the first boot.</returns>
    private static async Task<ImmutableArray<string>> RunScriptsAsync(RootfsBuilder builder, BuiltinContext context, CancellationToken cancel)
    {
        var scripts = context.Flag("IMAGE_RUN_SCRIPTS") ? builder.Scripts : [];
        if (scripts.IsEmpty) return [];
        var (tree, file) = (context.Text("IMAGE_ROOTFS"), context.Text("IMAGE_ROOTFS") + ".script");
        builder.UnpackForScripts(context.HostPath(tree), cancel);
        var succeeded = ImmutableArray.CreateBuilder<string>();
        foreach (var script in scripts)
        {
            await File.WriteAllTextAsync(context.HostPath(file), script.Text, cancel);
            File.SetUnixFileMode(context.HostPath(file), (UnixFileMode)ScriptMode);
            var exitCode = await context.RunInSandboxAsync(["/bin/sh", "-c", RunScript, "sh", tree, file], cancel);
            if (exitCode == 0) succeeded.Add(script.Package);
            else context.Log($"pkg_postinst of {script.Package} ended with exit code {exitCode} here, and is left for the first boot");
        }
        File.Delete(context.HostPath(file));
        builder.TakeBack(cancel);
        return succeeded.ToImmutable();
    }

    private static RootfsRequest Request(BuiltinContext context) => new()
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
        Qa = QaPolicy.Parse(context.Variable("ERROR_QA"), context.Variable("WARN_QA"), context.ForPackage("INSANE_SKIP", context.Text("PN"))),
        Documents = rootfs => LicenseManifestWriter.InImage(rootfs, [.. context.InputsOf("do_populate_lic").Select(i => i.Path)],
            manifest: context.Flag("COPY_LIC_MANIFEST"), texts: context.Flag("COPY_LIC_DIRS")),
        Place = context.Task.Place,
    };

    /// <summary>The first of PACKAGE_CLASSES, as in Yocto; dpkg's when there is none, because scanners know it.</summary>
    private static FeedFormat Database(BuiltinContext context) =>
        context.Words("PACKAGE_CLASSES").Select(c => FeedFormat.Of(c.Replace("package_", "", StringComparison.Ordinal))).FirstOrDefault(f => f is not null) ?? FeedFormat.Deb;
}
