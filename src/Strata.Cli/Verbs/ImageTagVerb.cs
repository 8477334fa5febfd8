using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("image tag", HelpText = "Give an image one more tag where it is.")]
[Examples("strata image tag registry.example/team/hello:1.0 stable")]
public sealed record ImageTagVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, or a directory with an image layout (DIR or DIR:TAG).")]
    public string Image { get; init; } = "";

    [Value(1, MetaName = "TAG", Required = true, HelpText = "The new one.")]
    public string Tag { get; init; } = "";

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (store, name) = places.Find(Image, cancel);
        var manifest = await store.GetAsync(name, cancel);
        await store.WriteManifestAsync(manifest, Tag, cancel);
        context.Output.WriteLine($"{store.Place}:{Tag}@{manifest.Digest}");
        return ExitCode.Success;
    }
}
