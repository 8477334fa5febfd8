using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image verify", HelpText = "Check that a key has signed an image, and list what it attests; fails when it has not.")]
[Examples("strata image verify registry.example/team/hello:1.0 --key release.pub")]
public sealed record ImageVerifyVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, or a directory with an image layout (DIR or DIR:TAG).")]
    public string Image { get; init; } = "";

    [Option("key", MetaValue = "FILE", Required = true, HelpText = "The public key.")]
    public string Key { get; init; } = "";

    [Option("identity", MetaValue = "REPOSITORY", HelpText = "What the signature must be for (default: the image's repository).")]
    public string? Identity { get; init; }

    private protected override async Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel)
    {
        var (store, name) = places.Find(Image, cancel);
        var identity = IdentityOf(store, Identity, Image);
        using var key = VerificationKey.Load(places.Absolute(Key));
        var image = await store.GetAsync(name, cancel);
        var identities = await ImageSigner.VerifyAsync(store, image, key, cancel);
        if (!identities.Contains(identity))
            throw new ImageException(ImageRules.NotSigned($"{Image}@{image.Digest}", Key, identities.IsEmpty ? "none is there" : $"it is signed for {string.Join(' ', identities)}"));
        context.Output.WriteLine($"signed for {identity}@{image.Digest}");
        foreach (var type in await ImageSigner.VerifyAttestationsAsync(store, image, key, cancel)) context.Output.WriteLine($"attested {type}");
        return ExitCode.Success;
    }
}
