using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image index", HelpText = "Join the images of several machines under one name; each machine then gets its own.")]
[Examples("strata image index app-qemux86-64.oci app-qemuarm64.oci -o app.oci", "strata image index x86.oci arm.oci --output registry.example/team/app:1.0")]
public sealed record ImageIndexVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Min = 1, Required = true, HelpText = "One for each platform: HOST/REPOSITORY:TAG or a directory with an image layout.")]
    public IEnumerable<string> Images { get; init; } = [];

    [Option('o', "output", MetaValue = "TARGET", Required = true, HelpText = "HOST/REPOSITORY:TAG, or a directory, made if missing (DIR or DIR:TAG).")]
    public string Output { get; init; } = "";

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (target, tag) = places.Target(Output);
        var index = await PlatformIndex.WriteAsync([.. Images.Select(i => places.Find(i, cancel))], target, tag, cancel);
        context.Output.WriteLine($"{target.Place}:{tag}@{index.Digest}");
        return ExitCode.Success;
    }
}
