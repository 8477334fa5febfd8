using System.Security.Cryptography;

namespace Strata.Packaging;

/// <summary>
/// The private half: ECDSA on P-256, on disk only under a password (PKCS #8, AES-256, PBKDF2 with SHA-256). <c>cosign import-key-pair</c>
/// takes the decrypted form; cosign's own encryption (scrypt and NaCl) is not in the framework.
/// </summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>OWASP's advice of 2023 for PBKDF2 with SHA-256.</summary>
    private const int Iterations = 600_000;

    private readonly ECDsa _key;

    private SigningKey(ECDsa key) => _key = key;

    /// <summary>Makes <c>NAME.key</c>, which only the owner may read, and <c>NAME.pub</c>.</summary>
    /// <exception cref="ImageException">One of the files exists, or the password is empty.</exception>
    public static void Create(string name, string password)
    {
        var (secret, open) = ($"{name}.key", $"{name}.pub");
        if (password.Length == 0) throw new ImageException(ImageRules.BadKey(secret, "the password is empty"));
        if (new[] { secret, open }.FirstOrDefault(File.Exists) is { } taken) throw new ImageException(ImageRules.BadKey(taken, "the file exists; keys are never overwritten"));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using (var file = new StreamWriter(secret, options))
            file.WriteLine(key.ExportEncryptedPkcs8PrivateKeyPem(password, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations)));
        File.WriteAllText(open, key.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    /// <exception cref="ImageException">The file is no key, or the password is wrong.</exception>
    public static SigningKey Load(string file, string password)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromEncryptedPem(File.ReadAllText(file), password);
            return new(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new ImageException(ImageRules.BadKey(file, e is IOException ? e.Message : "this is no encrypted private ECDSA key, or the password is wrong"), e);
        }
    }

    /// <summary>In DER, as cosign has it. Each time another one: ECDSA is random.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes) => _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
