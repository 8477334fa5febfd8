using System.Globalization;
using System.Text.Json;
using CommandLine;
using Strata.Cli.Images;
using Strata.Cli.Usage;
using Strata.Compliance;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

[Verb("image verify", HelpText = "Check that a key has signed an image, and list what it attests, provenance with its layers; fails when it has not.")]
[Examples("strata image verify registry.example/team/hello:1.0 --key release.pub")]
public sealed record ImageVerifyVerb : ImageVerb
{
    [Value(0, MetaName = "IMAGE", Required = true, HelpText = "HOST/REPOSITORY:TAG, or a directory with an image layout (DIR or DIR:TAG).")]
    public string Image { get; init; } = "";

    [Option("key", MetaValue = "FILE", Required = true, HelpText = "The public key.")]
    public string Key { get; init; } = "";

    [Option("identity", MetaValue = "REPOSITORY", HelpText = "What the signature must be for (default: the image's repository).")]
    public string? Identity { get; init; }

    [Option("clean", HelpText = "Fail unless provenance is attested and all layers were as their commits have them.")]
    public bool MustBeClean { get; init; }

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
        var attested = await ImageSigner.VerifyAttestationsAsync(store, image, key, cancel);
        foreach (var document in attested) context.Output.WriteLine($"attested {document.Type}");
        var provenance = attested.FirstOrDefault(d => d.Type == ProvenanceWriter.PredicateType);
        if (provenance is not null) CheckProvenance(provenance, image, context.Output);
        else if (MustBeClean) throw new ImageException(ImageRules.NotReproducible($"{Image}@{image.Digest}", "no provenance is attested"));
        return ExitCode.Success;
    }

    private void CheckProvenance(AttachedDocument document, ImageManifest image, TextWriter output)
    {
        try
        {
            var provenance = Provenance.Read(document.Content);
            output.WriteLine($"built by {provenance.Builder} ({provenance.BuildType}) from {provenance.Sources} sources and");
            foreach (var layer in provenance.Layers) output.WriteLine($"  layer {layer.Name} {Revision(layer)}");
            if (MustBeClean && !provenance.IsClean) throw new ImageException(ImageRules.NotReproducible($"{Image}@{image.Digest}", "a layer had changes that no commit has"));
        }
        catch (JsonException e)
        {
            throw new ImageException(ImageRules.NoDocument($"{Image}@{image.Digest}", e.Message), e);
        }
    }

    private static string Revision(ProvenanceLayer layer) =>
        layer.Commit.Length == 0 ? "in no repository" : layer.Changed == 0 ? layer.Commit : string.Create(CultureInfo.InvariantCulture, $"{layer.Commit}, {layer.Changed} files changed");
}
