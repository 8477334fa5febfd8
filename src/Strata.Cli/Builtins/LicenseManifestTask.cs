using Strata.Compliance;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_license_manifest: what is installed in the image, under which licence, with the texts.</summary>
internal static class LicenseManifestTask
{
    public static Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        LicenseManifestWriter.Write(new()
        {
            Rootfs = RootfsManifest.Read(RootfsInput.Of(context)),
            LicenseArtifacts = [.. context.InputsOf("do_populate_lic").Select(i => i.Path)],
            OutputDirectory = context.ArtifactDirectory,
            Place = context.Task.Place,
        }, diagnostics);
        context.Report(diagnostics);
        return Task.CompletedTask;
    }
}
