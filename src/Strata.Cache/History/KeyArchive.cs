using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// Task keys with their fields. Most fields (compiler flags, scripts of classes) are shared by most tasks, so each is stored once
/// and a key is a list of numbers.
/// </summary>
internal sealed class KeyArchive(Database database)
{
    private const int HashBytes = 16;

    private readonly Dictionary<(string Name, string Value), long> _fields = [];

    /// <summary>The number of the key, which is stored unless it is there already.</summary>
    public long Put(TaskKey key)
    {
        var digest = Convert.FromHexString(key.Digest.Hex);
        if (database.Scalar("find-key", digest) is long known) return known;

        database.Execute("add-key", digest, PackedNumbers.Pack(key.Fields.Select(f => PutField(f.Key, f.Value))));
        return database.LastInsertedId();
    }

    /// <summary>Null when the key is unknown.</summary>
    public TaskKey? Find(Digest digest)
    {
        if (database.Scalar("fields-of-key", Convert.FromHexString(digest.Hex)) is not byte[] packed) return null;

        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var id in PackedNumbers.Unpack(packed))
            foreach (var (name, value) in database.Query("field", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), id))
                fields[name] = PackedText.Unpack(value);
        return new(digest, fields.ToImmutable());
    }

    /// <summary>Drops the keys that no run has any more, and the fields that no key has.</summary>
    public void Sweep()
    {
        database.Execute("forget-keys");
        var used = database.Query("fields-of-keys", row => row.GetFieldValue<byte[]>(0)).SelectMany(PackedNumbers.Unpack).ToHashSet();
        foreach (var id in database.Query("field-ids", row => row.GetInt64(0)))
            if (!used.Contains(id)) database.Execute("forget-field", id);
        _fields.Clear();
    }

    private long PutField(string name, string value)
    {
        if (_fields.TryGetValue((name, value), out var known)) return known;
        return _fields[(name, value)] = FindOrAddField(name, value);
    }

    private long FindOrAddField(string name, string value)
    {
        // The name has no NUL in it, so what comes before the first one is the name.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\0{value}"))[..HashBytes];
        if (database.Scalar("find-field", hash) is long id) return id;

        database.Execute("add-field", hash, name, PackedText.Pack(value));
        return database.LastInsertedId();
    }
}
