using System.Security.Cryptography;

namespace Strata.Packaging;

/// <summary>The public half: an ECDSA key on P-256 in a PEM file, as cosign writes it.</summary>
public sealed class VerificationKey : IDisposable
{
    private readonly ECDsa _key;

    private VerificationKey(ECDsa key) => _key = key;

    /// <exception cref="ImageException">The file is no such key.</exception>
    public static VerificationKey Load(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return new(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new ImageException(ImageRules.BadKey(file, e is IOException ? e.Message : "this is no public ECDSA key in PEM form"), e);
        }
    }

    public bool Verifies(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
