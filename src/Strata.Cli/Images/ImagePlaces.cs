using System.Collections.Immutable;
using Strata.Cache;
using Strata.Packaging;

namespace Strata.Cli.Images;

/// <summary>
/// Which image a word of the command line means: a directory with an image layout (<c>DIR</c>, <c>DIR:TAG</c>), an image of a registry
/// (<c>HOST/REPOSITORY:TAG</c>), or an image recipe of the workspace that was built.
/// </summary>
internal sealed class ImagePlaces(CommandContext context, Workspace? workspace, Session? session) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client = HttpExchange.Client(s_patience);
    private string? _machine;

    /// <exception cref="ImageException">It means none.</exception>
    public (ImageStore Store, string Name) Find(string word, CancellationToken cancel)
    {
        if (ImageReference.TryParse(word, out var reference) && !Directory.Exists(Absolute(word))) return (Registry(reference), reference.Name);
        var (path, tag) = Split(word);
        if (LayoutImages.Exists(Absolute(path))) return Layout(Absolute(path), tag);
        return Built(path, cancel) is { } built ? Layout(built, tag) : throw new ImageException(ImageRules.BadReference(word));
    }

    /// <summary>Where an image is to be written; a directory need not exist.</summary>
    public (ImageStore Store, string Tag) Target(string word) => ImageReference.TryParse(word, out var reference) && !Directory.Exists(Absolute(word))
        ? (Registry(reference), reference.Tag ?? "latest")
        : Split(word) is var (path, tag) ? (new LayoutImages(Absolute(path)), tag ?? "latest") : throw new ImageException(ImageRules.BadReference(word));

    public string Absolute(string path) => Path.GetFullPath(path, context.CurrentDirectory);

    /// <summary>Layouts of the workspace that were built, by path.</summary>
    public ImmutableArray<string> AllBuilt(CancellationToken cancel) =>
        ImagesDirectory(cancel) is { } images && Directory.Exists(images)
            ? [.. Directory.EnumerateDirectories(images).SelectMany(m => Directory.EnumerateDirectories(m, "*.oci")).Order(StringComparer.Ordinal)]
            : [];

    public void Dispose() => _client.Dispose();

    private static (string Path, string? Tag) Split(string word) =>
        word.LastIndexOf(':') is > 0 and var colon && word.IndexOf('/', colon) < 0 ? (word[..colon], word[(colon + 1)..]) : (word, null);

    private RegistryImages Registry(ImageReference reference) => new(_client, reference, context.Environment);

    /// <summary>Without a tag, the only image there.</summary>
    private static (ImageStore, string) Layout(string directory, string? tag)
    {
        var layout = new LayoutImages(directory);
        return (layout, tag ?? layout.OnlyTag ?? "latest");
    }

    /// <summary>By the machine of the configuration where several have it; <c>RECIPE-MACHINE</c> names one.</summary>
    private string? Built(string recipe, CancellationToken cancel)
    {
        var named = AllBuilt(cancel).Where(d => Path.GetFileName(d).StartsWith($"{recipe}-", StringComparison.Ordinal)
            && Path.GetFileName(d) == $"{recipe}-{Path.GetFileName(Path.GetDirectoryName(d))}.oci" || Path.GetFileName(d) == $"{recipe}.oci").ToArray();
        return named.Length < 2 ? named.FirstOrDefault() : named.FirstOrDefault(d => Path.GetFileName(Path.GetDirectoryName(d)) == _machine);
    }

    private string? ImagesDirectory(CancellationToken cancel)
    {
        if (workspace is null || session?.LoadConfiguration(cancel) is not { } configuration) return null;
        _machine = configuration.Get("MACHINE");
        return Path.Combine(Places.Of(configuration, workspace).Deploy, "images");
    }
}
