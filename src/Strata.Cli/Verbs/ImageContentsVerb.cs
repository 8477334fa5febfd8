using CommandLine;
using Strata.Cli.Images;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

/// <summary>A command that looks at the files of one image, as a container sees them.</summary>
public abstract record ImageContentsVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, a directory with an image layout, or an image recipe that was built.")]
    public string Image { get; init; } = "";

    private protected sealed override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (store, name) = places.Find(Image, cancel);
        Show(await ImageContents.ReadAsync(store, await store.GetAsync(name, cancel), cancel), places, context);
        return ExitCode.Success;
    }

    private protected abstract void Show(ImageContents contents, ImagePlaces places, CommandContext context);
}
