using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Strata.Core;

namespace Strata.Cache;

/// <summary>What the files of a directory say, in SQLite, by name. A file is read again when its size or time changed, and taken apart again when its digest did.</summary>
public sealed class DocumentIndex : IDisposable
{
    /// <summary>Of the table layout and of what documents look like.</summary>
    private const int Version = 2;

    private readonly Database _database;

    private DocumentIndex(Database database) => _database = database;

    /// <exception cref="StoreException">The file cannot be read or written.</exception>
    public static DocumentIndex Open(string file)
    {
        try
        {
            return StoreErrors.Guard(file, () => new DocumentIndex(Database.Open(file, SqlScript.Load("DocumentIndex.sql"), Version)));
        }
        catch (SqliteException e)
        {
            throw new StoreException(CacheRules.Failed(file, e.Message), e);
        }
    }

    /// <summary>Makes the index agree with the files; others than these leave it.</summary>
    /// <param name="read">What a file says, called from several threads; null where it cannot be read, and then it is asked again the next time.</param>
    /// <returns>How many files were read.</returns>
    public int Update(ImmutableArray<string> files, Func<string, IReadOnlyList<IndexedDocument>?> read, CancellationToken cancel)
    {
        var known = _database.Query("files", r => new KnownFile(r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetString(4))).ToDictionary(f => f.Path, StringComparer.Ordinal);
        var stamped = files.Select(path => new FileInfo(path)).ToList();
        var changed = stamped.Where(f => !known.TryGetValue(f.FullName, out var old) || old.Size != f.Length || old.Modified != f.LastWriteTimeUtc.Ticks).ToList();
        var gone = known.Keys.Except(files, StringComparer.Ordinal).ToList();
        if (changed.Count == 0 && gone.Count == 0) return 0;

        _database.InTransaction(() =>
        {
            foreach (var path in gone) Remove(known[path].Id);
            // Taken apart in parallel, a few at a time so that memory holds few of them; written in their order.
            foreach (var some in changed.Chunk(Environment.ProcessorCount * 8))
                foreach (var (file, digest, documents) in some.AsParallel().AsOrdered().WithCancellation(cancel).Select(f => Read(f, known.GetValueOrDefault(f.FullName), read)))
                    Write(file, digest, documents, known.GetValueOrDefault(file.FullName));
        });
        return changed.Count;
    }

    /// <summary>Texts of the documents of that name, sorted.</summary>
    public IReadOnlyList<string> Find(string name) => _database.Query("find", r => r.GetString(0), name);

    public void Dispose() => _database.Dispose();

    private static (FileInfo File, string Digest, IReadOnlyList<IndexedDocument>? Documents) Read(FileInfo file, KnownFile? old, Func<string, IReadOnlyList<IndexedDocument>?> read)
    {
        // Nothing is to be learnt of a file without end before its reader has looked at its size.
        if (old is not null && old.Size == file.Length && Digest.OfFile(file.FullName).Hex is var same && same == old.Digest) return (file, same, null);
        return read(file.FullName) is { } documents ? (file, Digest.OfFile(file.FullName).Hex, documents) : (file, "", null);
    }

    private void Write(FileInfo file, string digest, IReadOnlyList<IndexedDocument>? documents, KnownFile? old)
    {
        if (old is not null && documents is null && digest.Length > 0)
        {
            _ = _database.Execute("touch-file", old.Id, file.Length, file.LastWriteTimeUtc.Ticks);
            return;
        }
        if (old is not null) Remove(old.Id);
        if (documents is null) return;
        _ = _database.Execute("add-file", file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, digest);
        var id = _database.LastInsertedId();
        foreach (var document in documents)
        {
            _ = _database.Execute("add-document", id, document.Text);
            var number = _database.LastInsertedId();
            foreach (var name in document.Names) _ = _database.Execute("add-name", name, number);
        }
    }

    private void Remove(long file)
    {
        foreach (var statement in (string[])["remove-names", "remove-documents", "remove-file"]) _ = _database.Execute(statement, file);
    }

    private sealed record KnownFile(long Id, string Path, long Size, long Modified, string Digest);
}
