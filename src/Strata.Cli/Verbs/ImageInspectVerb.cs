using System.Text.Json;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image inspect", HelpText = "Show digest, image layers, platforms and attached documents of an image.")]
[Examples("strata image inspect hello-image", "strata image inspect registry.example/team/hello:1.0 --json")]
public sealed record ImageInspectVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, a directory with an image layout, or an image recipe that was built.")]
    public string Image { get; init; } = "";

    [Option("json", HelpText = "Print JSON.")]
    public bool Json { get; init; }

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (store, name) = places.Find(Image, cancel);
        var manifest = await store.GetAsync(name, cancel);
        var answer = new ImageAnswer(store.Place, name, manifest.Digest.ToString(), manifest.MediaType, manifest.Blobs, manifest.Children, await Referrers.ListAsync(store, manifest, cancel));
        context.Output.Write(Json ? JsonSerializer.Serialize(answer, ImageJson.Readable.ImageAnswer) + "\n" : Text(answer));
        return ExitCode.Success;
    }

    private static string Text(ImageAnswer answer) => TextTable.Of(
    [
        ["image", $"{answer.Place}:{answer.Name}"],
        ["digest", answer.Digest],
        .. answer.Platforms.Select(p => (string[])["platform", $"{p.Digest}  {p.Platform?.OperatingSystem}/{p.Platform?.Architecture}"]),
        .. answer.Layers.Select(l => (string[])["blob", $"{l.Digest}  {Megabytes(l.Size)}  {l.MediaType}  {string.Join(' ', l.Annotations?.Values ?? [])}".TrimEnd()]),
        .. answer.Referrers.Select(r => (string[])["attached", $"{r.Digest}  {r.ArtifactType}"]),
    ]);
}
