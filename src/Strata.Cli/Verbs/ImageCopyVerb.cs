using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image copy", HelpText = "Copy an image with its platforms, signatures and attached documents; what is there already is not moved.")]
[Examples("strata image copy registry.example/team/app:1.2 other.example/app:1.2", "strata image copy app.oci:latest backup.oci:1.2")]
public record ImageCopyVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, a directory with an image layout (DIR or DIR:TAG), or an image recipe that was built.")]
    public string Image { get; init; } = "";

    [Value(1, MetaName = "TARGET", Required = true, HelpText = "HOST/REPOSITORY:TAG, or a directory, made if missing (DIR or DIR:TAG).")]
    public string Target { get; init; } = "";

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (source, name) = places.Find(Image, cancel);
        var (target, tag) = places.Target(Target);
        var digest = await ImageCopy.RunAsync(source, name, target, tag, cancel);
        var moved = target is RegistryImages registry ? $" ({registry.Requests} requests, {Megabytes(registry.BytesSent)} sent)" : "";
        context.Output.WriteLine($"{target.Place}:{tag}@{digest}{moved}");
        return ExitCode.Success;
    }
}
