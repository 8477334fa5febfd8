using System.Buffers;
using Strata.Core;

namespace Strata.Graph.Keys;

/// <summary>A digest of digests.</summary>
internal static class KeyDigest
{
    // Small, because the stack is cleared at each call.
    private const int LargestOnStack = 16;

    /// <summary>The same whatever order the parts come in; they are sorted in place. Each part must say by itself what it is about.</summary>
    /// <param name="schema">Keeps keys of different kinds apart.</param>
    public static Digest OfSet(Digest schema, Span<Digest> parts)
    {
        parts.Sort();
        return OfSequence(schema, parts);
    }

    public static Digest OfSequence(Digest schema, ReadOnlySpan<Digest> parts)
    {
        var size = Digest.Size * (parts.Length + 1);
        var rented = parts.Length < LargestOnStack ? null : ArrayPool<byte>.Shared.Rent(size);
        var bytes = rented ?? stackalloc byte[Digest.Size * LargestOnStack];
        schema.CopyTo(bytes);
        for (var i = 0; i < parts.Length; i++) parts[i].CopyTo(bytes[(Digest.Size * (i + 1))..]);
        var digest = Digest.Of(bytes[..size]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return digest;
    }
}
