using Strata.Cache;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>Finds the image that OCI_BASE_IMAGE names: one that another recipe makes, or one of a registry, kept among the downloads.</summary>
internal sealed class BaseImages(SourceTools sources, BuiltinContext context) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client = HttpExchange.Client(s_patience);

    /// <summary>Null when the image has none.</summary>
    /// <exception cref="ImageException">There is no such image, or nothing pins it.</exception>
    public async Task<BaseImage?> FindAsync(OciPlatform platform, CancellationToken cancel)
    {
        var text = context.Text("OCI_BASE_IMAGE");
        if (text.Length == 0) return null;
        if (!text.Contains('/', StringComparison.Ordinal)) return await BuiltAsync(text, cancel);
        if (!ImageReference.TryParse(text, out var reference)) throw new ImageException(ImageRules.BadReference(text));
        if (reference.Digest is not { } digest) throw new ImageException(ImageRules.UnpinnedBase(context.Task.Place, text));
        var remote = sources.NoNetwork ? null : new RegistryImages(_client, reference, sources.Environment);
        return await BaseImage.FindAsync(sources.ImageMirror, remote, digest, platform, $"{reference.Host}/{reference.Repository}", cancel);
    }

    public void Dispose() => _client.Dispose();

    private async Task<BaseImage> BuiltAsync(string recipe, CancellationToken cancel)
    {
        var layout = context.InputsOf("do_image_oci").Where(i => i.Recipe == recipe).SelectMany(i => Directory.EnumerateDirectories(i.Path, "*.oci")).Select(d => new LayoutImages(d)).FirstOrDefault()
            ?? throw new ImageException(ImageRules.NoSuchImage($"{recipe} (its IMAGE_FSTYPES must have oci)"));
        return new(layout, await layout.GetAsync(layout.OnlyTag ?? "latest", cancel), recipe);
    }
}
