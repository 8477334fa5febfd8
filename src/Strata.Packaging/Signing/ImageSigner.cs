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
    /// <param name="predicate">JSON; a whole in-toto statement is signed as it is.</param>
    /// <exception cref="JsonException">It is not.</exception>
    /// <exception cref="ImageException">It is a statement about something else.</exception>
    public static async Task AttestAsync(ImageStore store, ImageManifest image, string identity, string predicateType, byte[] predicate, SigningKey key, CancellationToken cancel)
    {
        using var document = JsonDocument.Parse(predicate);
        var (type, statement) = AsStatement(image, identity, predicateType, predicate, document.RootElement);
        var envelope = JsonSerializer.SerializeToUtf8Bytes(Envelope.Of(Envelope.InTotoType, statement, key), OciJson.Default.Envelope);
        var annotations = OciAnnotations.Of(PredicateAnnotation, type).Add(SignatureAnnotation, "");
        await AddAsync(store, AttachedTags.Attestations(image.Digest), Envelope.MediaType, envelope, annotations, cancel);
        await Referrers.AttachAsync(store, image, Envelope.MediaType, envelope, type, cancel);
    }

    private static (string Type, byte[] Statement) AsStatement(ImageManifest image, string identity, string predicateType, byte[] bytes, JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("_type", out _) && OciJson.TryRead(bytes, OciJson.Default.Statement) is { PredicateType: not null, Subject.IsDefault: false } whole)
            return whole.IsAbout(image) ? (whole.PredicateType, bytes)
                : throw new ImageException(ImageRules.NoDocument(predicateType, $"it is a statement about another image than {image.Digest}"));
        var subject = new StatementSubject(identity, OciAnnotations.Of("sha256", image.Digest.Hex));
        return (predicateType, JsonSerializer.SerializeToUtf8Bytes(new(Statement.StatementType, predicateType, [subject], root), OciJson.Default.Statement));
    }

    /// <summary>What the key has attested of this very image: predicates, by type.</summary>
    public static async Task<ImmutableArray<AttachedDocument>> VerifyAttestationsAsync(ImageStore store, ImageManifest image, VerificationKey key, CancellationToken cancel)
    {
        var attested = new SortedDictionary<string, AttachedDocument>(StringComparer.Ordinal);
        foreach (var layer in await LayersAsync(store, AttachedTags.Attestations(image.Digest), cancel))
        {
            if (OciJson.TryRead(await store.ReadBytesAsync(layer, cancel), OciJson.Default.Envelope) is not { PayloadType: Envelope.InTotoType, Payload: not null, Signatures.IsDefault: false } envelope) continue;
            if (envelope.Open(key) is not { } payload || OciJson.TryRead(payload, OciJson.Default.Statement) is not { IsStatement: true, PredicateType: not null, Subject.IsDefault: false } statement) continue;
            // The last one of a type counts: it replaces what was said before.
            if (statement.IsAbout(image)) attested[statement.PredicateType] = new(statement.PredicateType, JsonSerializer.SerializeToUtf8Bytes(statement.Predicate, OciJson.Default.JsonElement));
        }
        return [.. attested.Values];
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
