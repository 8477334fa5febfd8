using System.Collections.Immutable;
using Strata.Cache;
using Strata.Compliance;
using Strata.Core;

namespace Strata.Cli.Vulnerabilities;

/// <summary>A directory of advisories, with an index beside the caches that remembers what unchanged files say.</summary>
internal sealed class AdvisoryDatabase : IDisposable
{
    private readonly DocumentIndex _index;

    private AdvisoryDatabase(DocumentIndex index, int files, int filesRead) => (_index, Files, FilesRead) = (index, files, filesRead);

    public int Files { get; }

    /// <summary>Those that were new or changed.</summary>
    public int FilesRead { get; }

    /// <summary>Reads what is new in the directory. Null after reporting that there is nothing; files that cannot be read are reported and left out.</summary>
    /// <exception cref="StoreException">The index cannot be written.</exception>
    public static AdvisoryDatabase? Open(string directory, string index, Diagnostics diagnostics, CancellationToken cancel)
    {
        ImmutableArray<string> files = Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(AdvisoryReader.IsDatabaseFile).Order(StringComparer.Ordinal)]
            : File.Exists(directory) ? [directory] : [];
        if (files.IsEmpty)
        {
            diagnostics.Add(ComplianceRules.NoDatabase(directory));
            return null;
        }
        var documents = DocumentIndex.Open(index);
        return new(documents, files.Length, documents.Update(files, file => AdvisoryReader.Read(file, diagnostics)?.Select(a => new IndexedDocument(a.Keys, a.ToJson())).ToList(), cancel));
    }

    public IEnumerable<Advisory> Find(string key) => _index.Find(key).Select(Advisory.FromJson);

    public void Dispose() => _index.Dispose();
}
