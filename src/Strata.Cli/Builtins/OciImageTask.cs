using System.Collections.Immutable;
using System.Globalization;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_image_oci: an OCI image layout.</summary>
internal sealed class OciImageTask(SourceTools sources)
{
    public async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        try
        {
            var request = Request(context);
            using var below = new BaseImages(sources, context);
            var image = await OciImageWriter.WriteAsync(request with { Base = await below.FindAsync(request.Platform, cancel) }, cancel);
            context.Log($"manifest {image.Manifest}");
            foreach (var layer in image.Layers) context.Log($"image layer {layer.Name}: {layer.Digest}, {layer.Size} bytes{(layer.IsReused ? ", as before" : "")}");
        }
        catch (ImageException e)
        {
            context.ReportAll([e.Diagnostic]);
        }
    }

    private static OciImageRequest Request(BuiltinContext context) => new()
    {
        RootfsTar = Path.Combine(RootfsInput.Of(context), RootfsManifest.TarName),
        OutputDirectory = Path.Combine(context.ArtifactDirectory, $"{context.Text("IMAGE_NAME")}.oci"),
        Platform = OciPlatform.Of(context.Text("HOST_ARCH")),
        Created = context.Epoch,
        Layers = context.Text("OCI_LAYERS") switch
        {
            "single" => LayerStrategy.Single,
            "packages" => LayerStrategy.Packages,
            var other => throw Bad(context, "OCI_LAYERS", other, "\"single\" or \"packages\""),
        },
        LayerBudget = int.TryParse(context.Text("OCI_LAYER_BUDGET"), CultureInfo.InvariantCulture, out var budget) && budget is >= OciImageRequest.LeastLayerBudget and <= OciImageRequest.MostLayerBudget
            ? budget
            : throw Bad(context, "OCI_LAYER_BUDGET", context.Text("OCI_LAYER_BUDGET"), $"a number from {OciImageRequest.LeastLayerBudget} to {OciImageRequest.MostLayerBudget}"),
        Compression = context.Text("OCI_LAYER_COMPRESSION") switch
        {
            "gzip" => LayerCompression.Gzip,
            "zstd" => LayerCompression.Zstd,
            var other => throw Bad(context, "OCI_LAYER_COMPRESSION", other, "\"gzip\" or \"zstd\""),
        },
        CacheDirectory = Path.Combine(context.WorkDirectory, "oci-layers"),
        ZstdLevel = int.TryParse(context.Text("OCI_LAYER_ZSTD_LEVEL"), CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 19
            ? level
            : throw Bad(context, "OCI_LAYER_ZSTD_LEVEL", context.Text("OCI_LAYER_ZSTD_LEVEL"), "a number from 1 to 19"),
        // The very program whose version is in the key.
        ZstdProgram = context.InputsOf("do_populate_sysroot").Select(i => Path.Combine(i.Path, "usr/bin/zstd")).FirstOrDefault(File.Exists) ?? "zstd",
        Entrypoint = context.Words("OCI_ENTRYPOINT"),
        Command = context.Words("OCI_CMD"),
        Environment = context.Words("OCI_ENV"),
        WorkingDirectory = context.Text("OCI_WORKDIR"),
        User = context.Text("OCI_USER"),
        ExposedPorts = context.Words("OCI_EXPOSE"),
        Volumes = context.Words("OCI_VOLUMES"),
        StopSignal = context.Text("OCI_STOP_SIGNAL"),
        Author = context.Text("OCI_AUTHOR"),
        Labels = Pairs(context, "OCI_LABELS"),
        Annotations = Pairs(context, "OCI_ANNOTATIONS"),
    };

    /// <summary>Each word is <c>name=value</c>.</summary>
    private static ImmutableSortedDictionary<string, string> Pairs(BuiltinContext context, string variable)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var word in context.Words(variable))
            if (word.Split('=', 2) is [{ Length: > 0 } name, var value]) pairs[name] = value;
            else throw Bad(context, variable, word, "words NAME=VALUE");
        return pairs.ToImmutable();
    }

    private static ImageException Bad(BuiltinContext context, string variable, string value, string allowed) =>
        new(ImageRules.BadOption(context.Task.Place, variable, value, allowed));
}
