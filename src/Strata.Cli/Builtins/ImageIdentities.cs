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
        foreach (var image in context.InputsOf("do_image_oci").Where(i => i.Recipe == context.Task.RecipeName))
            if (ImageReader.ManifestOf(Path.Combine(image.Path, $"{context.Text("IMAGE_NAME")}.oci")) is { } manifest) yield return ("OCI manifest", manifest);
        yield return ("root file system", Digest.OfFile(Path.Combine(RootfsInput.Of(context), RootfsManifest.TarName)));
    }
}
