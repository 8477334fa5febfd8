using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Packaging;

/// <summary>Signatures and attestations as cosign keeps them beside an image, made and checked without any service.</summary>
public static class ImageSigner
{
    private const string SignatureType = "application/vnd.dev.cosign.simplesigning.v1+json";
    private const string SignatureAnnotation = "dev.cosignproject.cosign/signature";
    private const string PredicateAnnotation = "predicateType";

    /// <summary>Signs the image; other signatures stay.</summary>
    /// <param name="identity">The repository that it is meant for, such as <c>registry.example/team/app</c>.</param>
    public static async Task SignAsync(ImageStore store, ImageManifest image, string identity, SigningKey key, CancellationToken cancel)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            new SimpleSigning(new(new(identity), new(image.Digest.ToString()), SimpleSigningCritical.CosignType)), OciJson.Default.SimpleSigning);
        var annotations = OciAnnotations.Of(SignatureAnnotation, Convert.ToBase64String(key.Sign(payload)));
        await AddAsync(store, AttachedTags.Signatures(image.Digest), SignatureType, payload, annotations, cancel);
    }

    /// <summary>The identities that the key has signed this very image for; empty when it has not.</summary>
    public static async Task<ImmutableArray<string>> VerifyAsync(ImageStore store, ImageManifest image, VerificationKey key, CancellationToken cancel)
    {
        var identities = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var layer in await LayersAsync(store, AttachedTags.Signatures(image.Digest), cancel))
        {
            if (layer.Annotations?.GetValueOrDefault(SignatureAnnotation) is not { } text) continue;
            var payload = await store.ReadBytesAsync(layer, cancel);
            var signature = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, signature, out var length) || !key.Verifies(payload, signature.AsSpan(0, length))) continue;
            if (OciJson.TryRead(payload, OciJson.Default.SimpleSigning)?.Critical is { Type: SimpleSigningCritical.CosignType } said
                && said.Image?.DockerManifestDigest == image.Digest.ToString() && said.Identity?.DockerReference is { } identity) identities.Add(identity);
        }
        return [.. identities];
    }

    /// <summary>Signs the statement that <paramref name="predicate"/> is true of the image, for <c>cosign verify-attestation</c> and as a referrer.</summary>
    /// <param name="predicate">JSON.</param>
    /// <exception cref="JsonException">It is not.</exception>
    public static async Task AttestAsync(ImageStore store, ImageManifest image, string identity, string predicateType, byte[] predicate, SigningKey key, CancellationToken cancel)
    {
        using var document = JsonDocument.Parse(predicate);
        var subject = new StatementSubject(identity, OciAnnotations.Of("sha256", image.Digest.Hex));
        var statement = JsonSerializer.SerializeToUtf8Bytes(new(Statement.StatementType, predicateType, [subject], document.RootElement), OciJson.Default.Statement);
        var envelope = JsonSerializer.SerializeToUtf8Bytes(Envelope.Of(Envelope.InTotoType, statement, key), OciJson.Default.Envelope);
        var annotations = OciAnnotations.Of(PredicateAnnotation, predicateType).Add(SignatureAnnotation, "");
        await AddAsync(store, AttachedTags.Attestations(image.Digest), Envelope.MediaType, envelope, annotations, cancel);
        await Referrers.AttachAsync(store, image, Envelope.MediaType, envelope, predicateType, cancel);
    }

    /// <summary>The types of the predicates that the key has attested of this very image.</summary>
    public static async Task<ImmutableArray<string>> VerifyAttestationsAsync(ImageStore store, ImageManifest image, VerificationKey key, CancellationToken cancel)
    {
        var types = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var layer in await LayersAsync(store, AttachedTags.Attestations(image.Digest), cancel))
        {
            if (OciJson.TryRead(await store.ReadBytesAsync(layer, cancel), OciJson.Default.Envelope) is not { Payload: not null, Signatures.IsDefault: false } envelope) continue;
            if (envelope.Open(key) is not { } payload || OciJson.TryRead(payload, OciJson.Default.Statement) is not { Subject.IsDefault: false } statement) continue;
            if (statement.Subject.Any(s => s.Digest?.GetValueOrDefault("sha256") == image.Digest.Hex)) types.Add(statement.PredicateType);
        }
        return [.. types];
    }

    private static async Task<ImmutableArray<OciDescriptor>> LayersAsync(ImageStore store, string tag, CancellationToken cancel) =>
        await store.FindAsync(tag, cancel) is { IsIndex: false } manifest ? manifest.Manifest.Layers : [];

    /// <summary>One manifest under the tag, each signature one of its layers.</summary>
    private static async Task AddAsync(
        ImageStore store, string tag, string type, byte[] content, ImmutableSortedDictionary<string, string> annotations, CancellationToken cancel)
    {
        var layer = await store.WriteBytesAsync(type, content, cancel);
        ImmutableArray<OciDescriptor> layers = [.. await LayersAsync(store, tag, cancel), layer with { Annotations = annotations }];
        var config = new OciConfig
        {
            Created = "1970-01-01T00:00:00Z",
            Architecture = "",
            OperatingSystem = "",
            Config = new(),
            Rootfs = new("layers", [.. layers.Select(l => l.Digest)]),
            History = [],
        };
        var written = await store.WriteBytesAsync(OciMediaTypes.Config, JsonSerializer.SerializeToUtf8Bytes(config, OciJson.Default.OciConfig), cancel);
        await store.WriteManifestAsync(ImageManifest.Of(new OciManifest(2, OciMediaTypes.Manifest, written, layers)), tag, cancel);
    }
}
