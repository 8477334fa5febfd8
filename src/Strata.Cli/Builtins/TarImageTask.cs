using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_image_tar: the root file system as a compressed tarball.</summary>
internal static class TarImageTask
{
    public static async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var source = Path.Combine(RootfsInput.Of(context), "rootfs.tar");
        var target = Path.Combine(context.ArtifactDirectory, $"{context.Text("IMAGE_NAME")}.rootfs.tar.gz");
        context.Log($"diffID {await TarGzWriter.WriteAsync(source, target, cancel)}");
    }
}
