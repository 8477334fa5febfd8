using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Strata.Core;

namespace Strata.Graph.Keys;

/// <summary>A named field of a key and its digest. A key is the digest of its fields' digests, so a text that many tasks use is hashed once.</summary>
internal sealed class KeyField(string name, string value)
{
    private const int LargestOnStack = 512;

    public string Name { get; } = name;

    public string Value { get; } = value;

    public Digest Digest { get; } = Hash(name, value);

    /// <param name="name">Of a variable, or of a flag in the form <c>N[f]</c>.</param>
    public static KeyField OfVariable(string name, string text) => new(name.EndsWith(']') ? $"flag:{name}" : $"var:{name}", text);

    /// <summary>Length first: without it ("ab", "c") and ("a", "bc") would collide.</summary>
    private static Digest Hash(string name, string value)
    {
        var largest = sizeof(int) + Encoding.UTF8.GetMaxByteCount(name.Length) + Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = largest <= LargestOnStack ? null : ArrayPool<byte>.Shared.Rent(largest);
        var buffer = rented ?? stackalloc byte[LargestOnStack];
        var nameLength = Encoding.UTF8.GetBytes(name, buffer[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(buffer, nameLength);
        var valueLength = Encoding.UTF8.GetBytes(value, buffer[(sizeof(int) + nameLength)..]);
        var digest = Digest.Of(buffer[..(sizeof(int) + nameLength + valueLength)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return digest;
    }
}
