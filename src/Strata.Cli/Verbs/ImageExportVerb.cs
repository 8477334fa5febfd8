using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image export", HelpText = "Write an image as one file, for podman load or docker load.")]
[Examples(
    "strata image export hello-image hello.tar",
    "strata image export hello-image hello.tar --format docker --name hello:1.0",
    "strata image export hello-image files.tar --format tar   # what a container sees, without layers")]
public sealed record ImageExportVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, a directory with an image layout, or an image recipe that was built.")]
    public string Image { get; init; } = "";

    [Value(1, MetaName = "FILE", Required = true, HelpText = "Replaced if it exists.")]
    public string File { get; init; } = "";

    [Option("format", MetaValue = "FORMAT", Default = "oci", HelpText = "oci, docker, or tar for the files alone.")]
    public string Format { get; init; } = "oci";

    [Option("name", MetaValue = "NAME", HelpText = "What the image is called inside (default: its tag, or FILE's name with docker).")]
    public string? Name { get; init; }

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        if (FormatOf(Format) is not { } format) throw new ImageException(ImageRules.BadOption(default, "--format", Format, "oci, docker or tar"));
        var (store, name) = places.Find(Image, cancel);
        var image = await store.GetAsync(name, cancel);
        var path = places.Absolute(File);
        var inside = Name ?? (format == ArchiveFormat.DockerArchive ? $"{Path.GetFileNameWithoutExtension(path)}:{name}" : name);
        var scratch = AtomicFile.ScratchName(path);
        try
        {
            await using (var target = System.IO.File.Create(scratch)) await ImageArchive.WriteAsync(store, image, format, inside, target, cancel);
            System.IO.File.Move(scratch, path, overwrite: true);
        }
        finally
        {
            System.IO.File.Delete(scratch);
        }
        context.Output.WriteLine($"{path} {inside}@{image.Digest}");
        return ExitCode.Success;
    }

    private static ArchiveFormat? FormatOf(string name) => name switch
    {
        "oci" => ArchiveFormat.OciArchive,
        "docker" => ArchiveFormat.DockerArchive,
        "tar" => ArchiveFormat.Tar,
        _ => null,
    };
}
