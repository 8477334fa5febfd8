using System.Security.Cryptography;
using System.Text;

namespace Strata.Core;

/// <summary>A SHA-256, the identity of bytes everywhere in Strata. Prints as <c>sha256:hex</c>, the form of the OCI image spec.</summary>
public readonly record struct Digest : IComparable<Digest>
{
    private const string Prefix = "sha256:";

    private readonly string? _hex;

    private Digest(string hex) => _hex = hex;

    /// <summary>64 lower-case hexadecimal characters.</summary>
    public string Hex => _hex ?? throw new InvalidOperationException("an empty digest has no text");

    public bool IsEmpty => _hex is null;

    public static Digest FromHash(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    public static Digest Of(ReadOnlySpan<byte> bytes) => FromHash(SHA256.HashData(bytes));

    public static Digest Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads the stream to its end.</summary>
    public static Digest Of(Stream stream) => FromHash(SHA256.HashData(stream));

    public static Digest OfFile(string path)
    {
        using var file = File.OpenRead(path);
        return Of(file);
    }

    /// <summary>Accepts <c>sha256:hex</c> and the bare hexadecimal form, in either case.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        var hex = text ?? "";
        if (hex.StartsWith(Prefix, StringComparison.Ordinal)) hex = hex[Prefix.Length..];
        var valid = hex.Length == 64 && hex.All(char.IsAsciiHexDigit);
        digest = valid ? new(hex.ToLowerInvariant()) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text is not a SHA-256.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a sha256 digest");

    public int CompareTo(Digest other) => string.CompareOrdinal(_hex, other._hex);

    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;

    public override string ToString() => _hex is null ? "(none)" : Prefix + _hex;
}
