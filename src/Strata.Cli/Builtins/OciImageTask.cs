using System.Collections.Immutable;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_image_oci: an OCI image layout.</summary>
internal static class OciImageTask
{
    public static async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var image = await OciImageWriter.WriteAsync(new()
        {
            RootfsTar = Path.Combine(RootfsInput.Of(context), "rootfs.tar"),
            OutputDirectory = Path.Combine(context.ArtifactDirectory, $"{context.Text("IMAGE_NAME")}.oci"),
            Platform = OciPlatform.Of(context.Text("HOST_ARCH")),
            Created = context.Epoch,
            Entrypoint = context.Words("OCI_ENTRYPOINT"),
            Command = context.Words("OCI_CMD"),
            Environment = context.Words("OCI_ENV"),
            WorkingDirectory = context.Text("OCI_WORKDIR"),
            User = context.Text("OCI_USER"),
            ExposedPorts = context.Words("OCI_EXPOSE"),
            Labels = Labels(context),
        }, cancel);
        context.Log($"manifest {image.Manifest}");
    }

    /// <summary>Each word is <c>name=value</c>.</summary>
    private static ImmutableSortedDictionary<string, string> Labels(BuiltinContext context) =>
        context.Words("OCI_LABELS").Select(label => label.Split('=', 2)).Where(parts => parts.Length == 2)
            .ToImmutableSortedDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
}
