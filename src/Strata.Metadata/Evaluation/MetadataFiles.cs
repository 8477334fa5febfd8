using Strata.Metadata.Expressions;
using Strata.Metadata.Syntax;

namespace Strata.Metadata.Evaluation;

/// <summary>The files as one evaluation sees them: remembers which it read or looked for. Not for several threads.</summary>
internal sealed class MetadataFiles(FileTable table)
{
    private readonly HashSet<InputFile> _used = [];

    public IReadOnlyCollection<InputFile> Used => _used;

    /// <summary>Whether there is a file or directory; remembered for the rest of the load.</summary>
    public bool Exists(string path) => Note(table.Get(path)).Stamp.IsPresent;

    /// <summary>The first directory of a BBPATH-like list that has the file, as an absolute path.</summary>
    public string? Find(string directories, string file)
    {
        var looked = table.Search(directories, file);
        foreach (var input in looked) _ = _used.Add(input);
        return looked[^1].Stamp.IsPresent ? looked[^1].Path : null;
    }

    /// <summary>The parsed file, or null if there is none.</summary>
    public MetadataFile? Parse(string path) => table.Parse(Note(table.Get(path)));

    /// <summary>Says that somebody is about to list the directory.</summary>
    public void NoteInput(string directory) => Note(table.Get(directory)).UseListing();

    /// <summary>A Python package with its modules, without those of packages inside it.</summary>
    public IEnumerable<PythonModule> ReadModules(string directory, string package)
    {
        var path = Path.Combine(table.TopDirectory, directory, package);
        NoteInput(path);
        if (!Directory.Exists(path)) return [];
        return Directory.GetFiles(path, "*.py").Select(f => new PythonModule(NameOf(f), f, Note(table.Get(f)).ReadText))
            .Append(new(package, path, () => "")).DistinctBy(m => m.Name);

        string NameOf(string file) => Path.GetFileName(file) == "__init__.py" ? package : $"{package}.{Path.GetFileNameWithoutExtension(file)}";
    }

    /// <summary>The names of all classes along the path, for "did you mean".</summary>
    public IEnumerable<string> ClassNames(string directories) =>
        directories.Split(':').SelectMany(d => new[] { "classes", "classes-recipe", "classes-global" }.Select(c => Path.Combine(table.TopDirectory, d, c)))
            .Where(Directory.Exists).SelectMany(d => Directory.EnumerateFiles(d, "*.bbclass")).Select(f => Path.GetFileNameWithoutExtension(f)).Distinct();

    /// <summary>The files along the path in the directory that a name asks for, written as that name is; for "did you mean".</summary>
    public IEnumerable<string> FilesLike(string directories, string file)
    {
        var below = Path.GetDirectoryName(file) ?? "";
        return directories.Split(':').Where(d => d.Length > 0).Select(d => Path.Combine(table.TopDirectory, d, below)).Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d)).Select(f => Path.Combine(below, Path.GetFileName(f))).Distinct();
    }

    private InputFile Note(InputFile file)
    {
        _ = _used.Add(file);
        return file;
    }
}
