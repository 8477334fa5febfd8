using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Core;

namespace Strata.Graph.Keys;

/// <summary>The digest of fields in ordinal order of their names, whatever order they came in.</summary>
internal static class KeyDigest
{
    private const int LargestOnStack = 8192;

    /// <param name="schema">Keeps keys of different kinds apart; part of the digest.</param>
    public static TaskKey Of(string schema, List<KeyField> fields)
    {
        fields.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var size = 32 * (fields.Count + 1);
        var bytes = size <= LargestOnStack ? stackalloc byte[size] : new byte[size];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(schema), bytes);
        for (var i = 0; i < fields.Count; i++) fields[i].Digest.CopyTo(bytes[(32 * (i + 1))..]);
        var kept = fields.ToArray();
        return new(Digest.Of(bytes), () => kept.ToImmutableSortedDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal));
    }

    /// <summary>A key that adds fields to those of another one.</summary>
    public static TaskKey Extend(string schema, TaskKey own, List<KeyField> added)
    {
        added.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var size = 32 * (added.Count + 2);
        var bytes = size <= LargestOnStack ? stackalloc byte[size] : new byte[size];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(schema), bytes);
        _ = Convert.FromHexString(own.Digest.Hex, bytes.Slice(32, 32), out _, out _);
        for (var i = 0; i < added.Count; i++) added[i].Digest.CopyTo(bytes[(32 * (i + 2))..]);
        var kept = added.ToArray();
        return new(Digest.Of(bytes), () => own.Fields.AddRange(kept.Select(f => KeyValuePair.Create(f.Name, f.Value))));
    }
}
