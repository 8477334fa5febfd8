using System.Text.Json;
using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image attach", HelpText = "Attach a document such as an SBOM to an image; with a key, as a signed attestation.")]
[Examples(
    "strata image attach registry.example/team/hello:1.0 hello.spdx.json --type application/spdx+json",
    "strata image attach registry.example/team/hello:1.0 hello.spdx.json --type https://spdx.dev/Document --key release.key")]
public sealed record ImageAttachVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, or a directory with an image layout (DIR or DIR:TAG).")]
    public string Image { get; init; } = "";

    [Value(1, MetaName = "FILE", Required = true, HelpText = "The document; JSON when it is attested.")]
    public string File { get; init; } = "";

    [Option("type", MetaValue = "TYPE", Required = true, HelpText = "Media type of the document; with --key, the type of the predicate.")]
    public string Type { get; init; } = "";

    [Option("key", MetaValue = "FILE", HelpText = "Sign with this private key; its password is in STRATA_KEY_PASSWORD.")]
    public string? Key { get; init; }

    [Option("identity", MetaValue = "REPOSITORY", HelpText = "What the attestation is for (default: the image's repository).")]
    public string? Identity { get; init; }

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (store, name) = places.Find(Image, cancel);
        var file = places.Absolute(File);
        var document = System.IO.File.Exists(file) ? await System.IO.File.ReadAllBytesAsync(file, cancel) : throw new ImageException(ImageRules.NoDocument(file, "the file does not exist"));
        var image = await store.GetAsync(name, cancel);
        if (Key is null) await Referrers.AttachAsync(store, image, Type, document, Path.GetFileName(file), cancel);
        else await AttestAsync(store, image, file, document, places, context, cancel);
        context.Output.WriteLine($"attached {Type} to {store.Place}@{image.Digest}");
        return ExitCode.Success;
    }

    private async Task AttestAsync(ImageStore store, ImageManifest image, string file, byte[] document, ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        using var key = SigningKey.Load(places.Absolute(Key!), Password(context, Key!));
        try
        {
            await ImageSigner.AttestAsync(store, image, IdentityOf(store, Identity, Image), Type, document, key, cancel);
        }
        catch (JsonException e)
        {
            throw new ImageException(ImageRules.NoDocument(file, $"it is no JSON: {e.Message}"), e);
        }
    }
}
