using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>The files of a recipe's own directories that its tasks use, with their digests. Every file is read once per build.</summary>
internal sealed class LocalFiles(Diagnostics diagnostics)
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly ConcurrentDictionary<string, string> _digests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _workTrees = new(StringComparer.Ordinal);

    /// <summary>The <c>file://</c> entries of SRC_URI, found along FILESPATH. A directory counts with everything below it.</summary>
    public ImmutableArray<LocalFile> OfSourceUri(Recipe recipe, Datastore variables)
    {
        if (variables.Get("EXTERNALSRC") is { Length: > 0 } development) return OfDevelopment(development);
        var files = ImmutableArray.CreateBuilder<LocalFile>();
        var directories = variables.Get("FILESPATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList() ?? [];
        foreach (var word in WordList.Of(variables.Get("SRC_URI")))
        {
            if (!word.StartsWith("file://", StringComparison.Ordinal)) continue;
            var name = Uri.UnescapeDataString(word["file://".Length..].Split(';')[0]);
            var found = Path.IsPathRooted(name) ? Existing(name) : directories.Select(d => Existing(Path.Combine(d, name))).FirstOrDefault(p => p is not null);
            if (found is null) diagnostics.Add(GraphRules.LocalFileMissing(Places.Of(recipe, "SRC_URI", word: name), name, Path.IsPathRooted(name) ? [] : directories));
            else AddTree(files, found, Path.IsPathRooted(name) ? Path.GetFileName(name) : name);
        }
        return files.ToImmutable();
    }

    /// <summary>Names of another form than those of sources, so that no directory can stand for them.</summary>
    private ImmutableArray<LocalFile> OfDevelopment(string directory)
    {
        if (!Directory.Exists(directory)) return [];     // do_fetch says so
        var names = _workTrees.GetOrAdd(directory, WorkTree.Files);
        var directories = names.Select(n => Path.Combine(directory, Path.GetDirectoryName(n)!)).Append(directory).Distinct(StringComparer.Ordinal);
        return
        [
            .. directories.Order(StringComparer.Ordinal).Select(d => new LocalFile(d, "EXTERNALSRC", "directory")),
            .. names.Select(n => (Name: n, Path: Path.Combine(directory, n))).Select(f => new LocalFile(f.Path, $"EXTERNALSRC/{f.Name}", _digests.GetOrAdd(f.Path, Describe))),
        ];
    }

    /// <summary>The words of [file-checksums]: <c>path:True</c> is looked at, <c>path:False</c> did not exist when the metadata was read.</summary>
    public ImmutableArray<LocalFile> OfFlag(Recipe recipe, string words)
    {
        var files = ImmutableArray.CreateBuilder<LocalFile>();
        foreach (var word in WordList.Of(words).Order(StringComparer.Ordinal))
        {
            var path = word.EndsWith(":True", StringComparison.Ordinal) ? word[..^":True".Length] : word;
            if (path.EndsWith(":False", StringComparison.Ordinal)) continue;
            var full = Path.GetFullPath(path, Path.GetDirectoryName(recipe.File)!);
            if (Existing(full) is { } found) AddTree(files, found, Path.GetFileName(full));
        }
        return files.ToImmutable();
    }

    private static string? Existing(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null ? path : null;

    private void AddTree(ImmutableArray<LocalFile>.Builder files, string path, string name)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is not null || !Directory.Exists(path))
        {
            files.Add(new(path, name, _digests.GetOrAdd(path, Describe)));
            return;
        }
        // It counts itself: an empty one gets into the work directory too, and a new file in it is seen by its time.
        files.Add(new(path, name.TrimEnd('/') + "/", "directory"));
        foreach (var child in Directory.EnumerateFileSystemEntries(path).Order(StringComparer.Ordinal))
            AddTree(files, child, $"{name.TrimEnd('/')}/{Path.GetFileName(child)}");
    }

    /// <summary>Content and what else of a file reaches the work directory. The text of a link stands for what it points to only if that is missing.</summary>
    private static string Describe(string path)
    {
        if (!File.Exists(path)) return $"link {new FileInfo(path).LinkTarget}";
        var digest = Digest.OfFile(path).ToString();
        return (File.GetUnixFileMode(path) & AnyExecute) == 0 ? digest : $"{digest} executable";
    }
}
