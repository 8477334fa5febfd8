using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Core;

/// <summary>A SHA-256, the identity of bytes everywhere in Strata. Prints as <c>sha256:hex</c>, the form of the OCI image spec.</summary>
public readonly record struct Digest : IComparable<Digest>
{
    /// <summary>How many bytes it has.</summary>
    public const int Size = 32;

    private const string Prefix = "sha256:";
    private const int BufferSize = 1 << 17;

    // Four numbers instead of a text: graphs hold a hundred thousand of these.
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private Digest(ReadOnlySpan<byte> hash)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(hash);
        _b = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(hash[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(hash[24..]);
    }

    /// <summary>64 lower-case hexadecimal characters.</summary>
    public string Hex
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            CopyTo(bytes);
            return Convert.ToHexStringLower(bytes);
        }
    }

    /// <summary>All zero: the value of a digest that was never set, which no known bytes have. A user can still write it.</summary>
    public bool IsEmpty => (_a | _b | _c | _d) == 0;

    /// <param name="hash"><see cref="Size"/> bytes.</param>
    public static Digest FromHash(ReadOnlySpan<byte> hash) => new(hash);

    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        _ = SHA256.HashData(bytes, hash);
        return new(hash);
    }

    public static Digest Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads the stream to its end.</summary>
    public static Digest Of(Stream stream)
    {
        // The framework's own way reads 4 KiB at a time, which costs more than hashing them.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        for (int read; (read = stream.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        ArrayPool<byte>.Shared.Return(buffer);
        return FromHash(hash.GetHashAndReset());
    }

    public static Digest OfFile(string path)
    {
        using var file = File.OpenRead(path);
        return Of(file);
    }

    /// <summary>Accepts <c>sha256:hex</c> and the bare hexadecimal form, in either case.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        var hex = text.AsSpan();
        if (hex.StartsWith(Prefix, StringComparison.Ordinal)) hex = hex[Prefix.Length..];
        Span<byte> hash = stackalloc byte[Size];
        var valid = hex.Length == 2 * Size && Convert.FromHexString(hex, hash, out _, out _) == System.Buffers.OperationStatus.Done;
        digest = valid ? new(hash) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text is not a SHA-256.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a sha256 digest");

    /// <param name="bytes">Room for <see cref="Size"/> bytes.</param>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _d);
    }

    /// <summary>The order of the hexadecimal forms.</summary>
    public int CompareTo(Digest other) =>
        _a != other._a ? _a.CompareTo(other._a)
        : _b != other._b ? _b.CompareTo(other._b)
        : _c != other._c ? _c.CompareTo(other._c)
        : _d.CompareTo(other._d);

    public override int GetHashCode() => (int)_a;

    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;

    public override string ToString() => Prefix + Hex;
}
