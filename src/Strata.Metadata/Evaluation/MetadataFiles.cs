using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Metadata.Expressions;
using Strata.Metadata.Syntax;

namespace Strata.Metadata.Evaluation;

/// <summary>The files of one load: each is read and parsed once, and every path that was read or looked for is remembered.</summary>
internal sealed class MetadataFiles(string topDirectory, Diagnostics diagnostics)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConcurrentDictionary<string, Lazy<MetadataFile?>> _parsed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _exists = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Path, string File), string?> _found = new();

    public ImmutableArray<string> Inputs => [.. _exists.Keys.Union(_parsed.Keys).Order(StringComparer.Ordinal)];

    /// <summary>Whether there is a file or directory; remembered for the rest of the load.</summary>
    public bool Exists(string path) => _exists.GetOrAdd(path, static p => Path.Exists(p));

    /// <summary>The first directory of a BBPATH-like list that has the file, as an absolute path.</summary>
    public string? Find(string directories, string file) => _found.GetOrAdd((directories, file), _ => FindAll(directories, file).FirstOrDefault());

    public IEnumerable<string> FindAll(string directories, string file) =>
        directories.Split(':').Select(d => Path.Combine(topDirectory, d, file)).Where(Exists);

    /// <summary>The parsed file, or null if there is none. Its problems are reported when it is first asked for.</summary>
    public MetadataFile? Parse(string path) => _parsed.GetOrAdd(path, p => new(() => Read(p))).Value;

    /// <summary>Directories and files that somebody else looked at.</summary>
    public void NoteInput(string path) => _ = _exists.TryAdd(path, true);

    /// <summary>A Python package with its modules, without those of packages inside it.</summary>
    public IEnumerable<PythonModule> ReadModules(string directory, string package)
    {
        var path = Path.Combine(topDirectory, directory, package);
        NoteInput(path);
        if (!Directory.Exists(path)) return [];
        var modules = Directory.GetFiles(path, "*.py");
        foreach (var file in modules) NoteInput(file);
        return modules.Select(f => new PythonModule(NameOf(f), f, Encoding.UTF8.GetString(File.ReadAllBytes(f)))).Append(new(package, path, "")).DistinctBy(m => m.Name);

        string NameOf(string file) => Path.GetFileName(file) == "__init__.py" ? package : $"{package}.{Path.GetFileNameWithoutExtension(file)}";
    }

    /// <summary>The names of all classes along the path, for "did you mean".</summary>
    public IEnumerable<string> ClassNames(string directories) =>
        directories.Split(':').SelectMany(d => new[] { "classes", "classes-recipe", "classes-global" }.Select(c => Path.Combine(topDirectory, d, c)))
            .Where(Directory.Exists).SelectMany(d => Directory.EnumerateFiles(d, "*.bbclass")).Select(f => Path.GetFileNameWithoutExtension(f)).Distinct();

    /// <summary>The files along the path in the directory that a name asks for, written as that name is; for "did you mean".</summary>
    public IEnumerable<string> FilesLike(string directories, string file)
    {
        var below = Path.GetDirectoryName(file) ?? "";
        return directories.Split(':').Where(d => d.Length > 0).Select(d => Path.Combine(topDirectory, d, below)).Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d)).Select(f => Path.Combine(below, Path.GetFileName(f))).Distinct();
    }

    private MetadataFile? Read(string path)
    {
        MetadataFile file;
        try
        {
            file = StatementParser.Parse(path, s_strict.GetString(File.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file = new(path, [], [MetadataRules.Unreadable(path, Directory.Exists(path))]);
        }
        catch (DecoderFallbackException)
        {
            file = new(path, [], [MetadataRules.NotUtf8(path)]);
        }
        foreach (var problem in file.Problems) diagnostics.Add(problem);
        return file;
    }
}
