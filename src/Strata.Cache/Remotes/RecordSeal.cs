using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// Signatures over records: ECDSA with P-256 and SHA-256. A record names its key and the digests of everything else, so nothing that
/// follows from it needs a signature of its own, and none can be shown under another key.
/// </summary>
/// <remarks>A sealed record is a line of JSON, then a line <c>ecdsa-p256-sha256 BASE64</c> for each signature.</remarks>
public sealed class RecordSeal : IDisposable
{
    private const string Algorithm = "ecdsa-p256-sha256 ";

    private readonly ECDsa? _own;
    private readonly ImmutableArray<ECDsa> _trusted;

    private RecordSeal(ECDsa? own, ImmutableArray<ECDsa> trusted) => (_own, _trusted) = (own, trusted);

    /// <summary>Signs nothing and asks for no signature.</summary>
    public static RecordSeal None { get; } = new(null, []);

    /// <summary>Whether records without a signature that counts are worth nothing.</summary>
    public bool IsStrict => _trusted.Length > 0;

    /// <param name="signingKey">Path of a private key in PEM, or null to sign nothing. What it signs is trusted, too, if anything must be.</param>
    /// <param name="trustedKeys">Paths of public keys in PEM.</param>
    public static bool TryLoad(string? signingKey, IEnumerable<string> trustedKeys, [NotNullWhen(true)] out RecordSeal? seal, [NotNullWhen(false)] out string? problem)
    {
        (seal, problem) = (null, null);
        var file = signingKey;
        try
        {
            var own = signingKey is null ? null : Load(signingKey);
            var trusted = ImmutableArray.CreateBuilder<ECDsa>();
            foreach (var key in trustedKeys) trusted.Add(Load(file = key));
            if (trusted.Count > 0 && own is not null) trusted.Add(own);
            seal = new(own, trusted.ToImmutable());
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            problem = $"{file} cannot be used as a key: {e.Message}";
            return false;
        }
    }

    public void Dispose()
    {
        _own?.Dispose();
        foreach (var key in _trusted) key.Dispose();
    }

    /// <summary>The bytes that a remote keeps.</summary>
    internal byte[] Close(RemoteRecord record)
    {
        var json = record.ToJson();
        var signature = _own is null ? "" : $"{Algorithm}{Convert.ToBase64String(_own.SignData(json, HashAlgorithmName.SHA256))}\n";
        return [.. json, (byte)'\n', .. Encoding.ASCII.GetBytes(signature)];
    }

    /// <summary>What the bytes say about the key; null when that is nothing. Checked is whether a trusted key has signed it.</summary>
    internal (RemoteRecord? Record, bool IsTrusted) Open(ReadOnlySpan<byte> bytes, Digest key)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0) return (null, false);
        return (RemoteRecord.Parse(bytes[..end], key), IsSigned(bytes[..end], Encoding.ASCII.GetString(bytes[(end + 1)..])));
    }

    private bool IsSigned(ReadOnlySpan<byte> json, string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var signature = new byte[256];
            if (!line.StartsWith(Algorithm, StringComparison.Ordinal) || !Convert.TryFromBase64String(line[Algorithm.Length..], signature, out var length)) continue;
            foreach (var key in _trusted)
                if (key.VerifyData(json, signature.AsSpan(0, length), HashAlgorithmName.SHA256)) return true;
        }
        return false;
    }

    private static ECDsa Load(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        if (key.KeySize == 256) return key;
        key.Dispose();
        throw new CryptographicException("it is no P-256 key");
    }
}
