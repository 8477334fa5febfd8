using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Graph.Keys;

/// <summary>A named field of a key and its digest. A key is the digest of its fields' digests, so a text that many tasks use is hashed once.</summary>
internal sealed class KeyField(string name, string value)
{
    private byte[]? _digest;

    public string Name { get; } = name;

    public string Value { get; } = value;

    public ReadOnlySpan<byte> Digest => _digest ??= Hash(Name, Value);

    /// <summary>Length first: without it ("ab", "c") and ("a", "bc") would collide.</summary>
    private static byte[] Hash(string name, string value)
    {
        var nameLength = Encoding.UTF8.GetByteCount(name);
        var size = sizeof(int) + nameLength + Encoding.UTF8.GetByteCount(value);
        var buffer = size <= 1024 ? stackalloc byte[1024] : new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(buffer, nameLength);
        _ = Encoding.UTF8.GetBytes(name, buffer[sizeof(int)..]);
        _ = Encoding.UTF8.GetBytes(value, buffer[(sizeof(int) + nameLength)..]);
        return SHA256.HashData(buffer[..size]);
    }
}
