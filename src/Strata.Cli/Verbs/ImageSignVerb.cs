using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Compliance;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image sign", HelpText = "Sign an image as cosign does, and attest the provenance beside it; the key's password is in STRATA_KEY_PASSWORD.")]
[Examples("strata image sign registry.example/team/hello:1.0 --key release.key", "strata image sign hello.oci --key release.key --identity registry.example/team/hello")]
public sealed record ImageSignVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, or a directory with an image layout (DIR or DIR:TAG).")]
    public string Image { get; init; } = "";

    [Option("key", MetaValue = "FILE", Required = true, HelpText = "The private key, from strata image key.")]
    public string Key { get; init; } = "";

    [Option("identity", MetaValue = "REPOSITORY", HelpText = "What the signature is for (default: the image's repository).")]
    public string? Identity { get; init; }

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (store, name) = places.Find(Image, cancel);
        var identity = IdentityOf(store, Identity, Image);
        using var key = SigningKey.Load(places.Absolute(Key), Password(context, Key));
        var image = await store.GetAsync(name, cancel);
        await ImageSigner.SignAsync(store, image, identity, key, cancel);
        context.Output.WriteLine($"signed {identity}@{image.Digest}");
        var provenance = StatementPlaces.Stem(store.Place) + ".provenance.json";
        if (store is LayoutImages && File.Exists(provenance))
        {
            await ImageSigner.AttestAsync(store, image, identity, ProvenanceWriter.PredicateType, await File.ReadAllBytesAsync(provenance, cancel), key, cancel);
            context.Output.WriteLine($"attested {ProvenanceWriter.PredicateType}");
        }
        return ExitCode.Success;
    }
}
