using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Core;

/// <summary>Builds a task key from named fields, so that a changed key can always say which field changed.</summary>
/// <param name="schema">Name and version of the field layout, for instance <c>strata/task/1</c>; part of the digest.</param>
public sealed class KeyBuilder(string schema)
{
    private readonly SortedDictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>Fields are digested in ordinal order of their names, whatever the order of the calls.</summary>
    /// <exception cref="ArgumentException">The field was added before, which is a bug in the caller.</exception>
    public KeyBuilder Add(string field, string value)
    {
        _fields.Add(field, value);
        return this;
    }

    public TaskKey Build()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, schema);
        foreach (var (field, value) in _fields)
        {
            Append(hash, field);
            Append(hash, value);
        }
        return new(Digest.FromHash(hash.GetCurrentHash()), _fields.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>Length first: without it ("ab", "c") and ("a", "bc") would collide.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
