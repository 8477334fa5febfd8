using Strata.Compliance;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>What an image is known by, for tasks that run after it was made.</summary>
internal static class ImageIdentities
{
    public static IEnumerable<(string Name, Digest Digest)> Of(BuiltinContext context)
    {
        var layouts = context.InputsOf("do_image_oci").Where(i => i.Recipe == context.Task.RecipeName).Select(i => Path.Combine(i.Path, $"{context.Text("IMAGE_NAME")}.oci"));
        return Of(layouts.Select(ImageReader.ManifestOf).FirstOrDefault(m => m is not null), RootfsInput.Of(context));
    }

    /// <param name="manifest">Null for an image that no registry can have.</param>
    /// <param name="rootfs">The directory with rootfs.tar.</param>
    public static IEnumerable<(string Name, Digest Digest)> Of(Digest? manifest, string rootfs)
    {
        if (manifest is { } digest) yield return ("OCI manifest", digest);
        yield return ("root file system", Digest.OfFile(Path.Combine(rootfs, RootfsManifest.TarName)));
    }
}
