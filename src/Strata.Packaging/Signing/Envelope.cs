using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>A DSSE envelope: bytes with their type and signatures over both.</summary>
/// <param name="Payload">In base64.</param>
internal sealed record Envelope(string PayloadType, string Payload, ImmutableArray<EnvelopeSignature> Signatures)
{
    public const string MediaType = "application/vnd.dsse.envelope.v1+json";
    public const string InTotoType = "application/vnd.in-toto+json";

    public static Envelope Of(string type, byte[] payload, SigningKey key) =>
        new(type, Convert.ToBase64String(payload), [new("", Convert.ToBase64String(key.Sign(Encoded(type, payload))))]);

    /// <summary>The payload, whoever signed it.</summary>
    [JsonIgnore]
    public byte[] Content => Bytes(Payload);

    /// <summary>The payload, or null when no signature in here is the key's.</summary>
    public byte[]? Open(VerificationKey key)
    {
        var payload = Content;
        var signed = Encoded(PayloadType, payload);
        return Signatures.Any(s => key.Verifies(signed, Bytes(s.Sig))) ? payload : null;
    }

    /// <summary>DSSE's pre-authentication encoding: type and payload with their lengths.</summary>
    private static byte[] Encoded(string type, byte[] payload) =>
        [.. Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} "), .. payload];

    private static byte[] Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : [];
    }
}
