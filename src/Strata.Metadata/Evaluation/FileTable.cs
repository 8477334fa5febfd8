using System.Collections.Concurrent;
using Strata.Core;
using Strata.Metadata.Syntax;

namespace Strata.Metadata.Evaluation;

/// <summary>All files of one load, for all its threads: each is looked at, read and parsed once.</summary>
internal sealed class FileTable(string topDirectory, Diagnostics diagnostics)
{
    private readonly ConcurrentDictionary<string, InputFile> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Directories, string File), InputFile[]> _searched = new();
    private int _read;
    private bool _isLoaded;

    /// <summary>How many files were read.</summary>
    public int FilesRead => Volatile.Read(ref _read);

    public string TopDirectory => topDirectory;

    /// <summary>When the load began, before it looked at any file.</summary>
    public DateTimeOffset Begun { get; } = Clock.Now;

    public InputFile Get(string path) => _files.GetOrAdd(path, static p => new(p));

    /// <summary>The file in each directory of a BBPATH-like list, up to the first that is there.</summary>
    public InputFile[] Search(string directories, string file) => _searched.GetOrAdd((directories, file), key =>
    {
        var looked = new List<InputFile>();
        foreach (var directory in key.Directories.Split(':'))
        {
            looked.Add(Get(Path.Combine(topDirectory, directory, key.File)));
            if (looked[^1].Stamp.IsPresent) break;
        }
        return [.. looked];
    });

    /// <summary>The parsed file, or null if there is none. Its problems are reported when the load first asks for it.</summary>
    public MetadataFile? Parse(InputFile file)
    {
        var parsed = file.Parse(out var isFirst);
        if (!isFirst) return parsed;
        _ = Interlocked.Increment(ref _read);
        if (!_isLoaded)
            foreach (var problem in file.Problems) diagnostics.Add(problem);
        return parsed;
    }

    /// <summary>What is read from here on was read before, by this load or by the one that made the cache: its problems are known.</summary>
    public void EndLoad() => _isLoaded = true;
}
