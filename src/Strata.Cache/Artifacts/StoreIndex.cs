using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// What is in the store, for questions about all of it. Only a copy of what the key files and manifests say: before it answers
/// it reads those that are new or changed, so it can be deleted at any time and needs no care during a build.
/// </summary>
internal sealed class StoreIndex : IDisposable
{
    private const int Version = 1;

    private static readonly SqlScript s_script = SqlScript.Load("StoreIndex.sql");

    private readonly Database _database;

    private StoreIndex(Database database) => _database = database;

    /// <summary>Opens, asks and closes. A damaged file is made again.</summary>
    public static T Ask<T>(string file, Func<StoreIndex, T> question)
    {
        try
        {
            try
            {
                return AskOnce(file, question);
            }
            catch (SqliteException e) when (Database.IsDamage(e))
            {
                Database.Delete(file);
                return AskOnce(file, question);
            }
        }
        catch (SqliteException e)
        {
            throw new StoreException(Database.IsFullDisk(e) ? CacheRules.DiskFull(file) : CacheRules.Failed(file, e.Message), e);
        }
    }

    public void Synchronise(ArtifactShelf shelf, KeyFiles keys) => _database.InTransaction(() =>
    {
        Follow("artifact-times", "drop-artifact", shelf.All(), shelf.ManifestOf, (artifact, time) =>
        {
            if (ArtifactManifest.Read(shelf.ManifestOf(artifact)) is { } manifest)
                _database.Execute("put-artifact", artifact.Hex, manifest.Entries, manifest.Bytes, time);
        });
        Follow("key-times", "drop-key", keys.All(), keys.PathOf, (key, time) =>
        {
            if (keys.Read(key) is (var artifact, var name)) _database.Execute("put-key", key.Hex, artifact.Hex, name, time);
        });
    });

    /// <summary>Ordinal by digest.</summary>
    public ImmutableArray<StoredArtifact> Artifacts()
    {
        var names = _database.Query("names", row => (Artifact: row.GetString(0), Name: row.GetString(1))).ToLookup(n => n.Artifact, n => n.Name);
        return [.. _database.Query("artifacts", row => new StoredArtifact(Digest.Parse(row.GetString(0)), [.. names[row.GetString(0)]],
            row.GetInt32(1), row.GetInt64(2), new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero)))];
    }

    public StoreStatistics Statistics() => _database.Query("statistics", row =>
        new StoreStatistics(row.GetInt32(0), row.GetInt32(3), row.GetInt64(1), row.GetInt64(2))).Single();

    public void Dispose() => _database.Dispose();

    private static T AskOnce<T>(string file, Func<StoreIndex, T> question)
    {
        using var index = new StoreIndex(Database.Open(file, s_script, Version));
        return question(index);
    }

    /// <summary>Makes the rows of one table those of the files that are there now.</summary>
    private void Follow(string timesQuery, string drop, ImmutableArray<Digest> present, Func<Digest, string> fileOf, Action<Digest, long> put)
    {
        var known = _database.Query(timesQuery, row => (Hex: row.GetString(0), Time: row.GetInt64(1)))
                             .ToDictionary(r => r.Hex, r => r.Time, StringComparer.Ordinal);
        foreach (var digest in present)
        {
            if (FileStatus.Find(fileOf(digest)) is not { } status) continue;
            if (!known.Remove(digest.Hex, out var time) || time != status.ModifiedTicks) put(digest, status.ModifiedTicks);
        }
        foreach (var gone in known.Keys) _database.Execute(drop, gone);
    }
}
