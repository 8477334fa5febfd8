using System.Collections.Immutable;

namespace Strata.Fetch;

/// <summary>
/// Writes entries of an untrusted archive below one directory. Nothing is ever written through a symbolic link or outside of the root,
/// whatever the entries say and in whatever order they come. Modes are 0755 and 0644; times are what the caller says.
/// </summary>
internal sealed class TreeWriter
{
    private const UnixFileMode PlainMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ExecutableMode = PlainMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _root;
    private readonly ImmutableArray<string> _below;
    private readonly string _archive;
    private readonly UnpackBudget _budget;
    private readonly DateTimeOffset _epoch;
    private readonly byte[] _buffer = new byte[128 * 1024];

    /// <summary>Directories below the root that are known to be real ones, with the time they get in the end.</summary>
    private readonly Dictionary<string, DateTimeOffset> _directories = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, string> _outsideLinks = new(StringComparer.Ordinal);

    /// <summary>What was made, in that order.</summary>
    private readonly List<string> _made = [];

    /// <summary>Links and directories by their names in lower case.</summary>
    private readonly Dictionary<string, (string Name, bool IsLink)> _folded = new(StringComparer.Ordinal);

    /// <param name="root">Made if it is missing; trusted, as are the directories above it.</param>
    /// <param name="below">Directory below the root where the entries go; as untrusted as they are.</param>
    /// <param name="archive">For messages.</param>
    /// <param name="epoch">Time of directories that the archive does not name.</param>
    public TreeWriter(string root, string below, string archive, UnpackBudget budget, DateTimeOffset epoch)
    {
        (_root, _archive, _budget, _epoch) = (Path.TrimEndingDirectorySeparator(root), archive, budget, epoch);
        _below = Parts(below);
        System.IO.Directory.CreateDirectory(_root);
    }

    private TreeWriter(TreeWriter whole, string below)
    {
        (_root, _archive, _budget, _epoch, _buffer) = (whole._root, whole._archive, whole._budget, whole._epoch, whole._buffer);
        (_directories, _outsideLinks, _made, _folded) = (whole._directories, whole._outsideLinks, whole._made, whole._folded);
        _below = whole.Split(below).ToImmutableArray();
    }

    /// <summary>Links to absolute places, by entry: harmless to keep, but nothing outside the sandbox may follow them.</summary>
    public IReadOnlyDictionary<string, string> OutsideLinks => _outsideLinks;

    /// <summary>Writes the entries of an archive inside this one; they count as entries of this one.</summary>
    public TreeWriter Below(string path) => new(this, path);

    /// <summary>Refuses an archive that announces more entries than one may have.</summary>
    public void RequireEntries(long count) => _budget.RequireEntries(count);

    public void Directory(string name, DateTimeOffset time)
    {
        _budget.TakeEntry();
        var parts = Split(name);
        Enter(name, parts);
        if (parts.Length > _below.Length) _directories[string.Join('/', parts)] = time;
    }

    public void File(string name, bool executable, DateTimeOffset time, Stream? content)
    {
        _budget.TakeEntry();
        var path = Claim(name);
        using var file = System.IO.File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        for (var at = 0L; content is not null && content.Read(_buffer) is > 0 and var read; at += read)
        {
            _budget.TakeBytes(read);
            RandomAccess.Write(file, _buffer.AsSpan(0, read), at);
        }
        System.IO.File.SetUnixFileMode(file, executable ? ExecutableMode : PlainMode);     // whatever the umask was
        System.IO.File.SetLastWriteTimeUtc(file, Sane(time));
    }

    public void SymbolicLink(string name, string target, DateTimeOffset time)
    {
        _budget.TakeEntry();
        if (target.Length == 0 || target.Contains('\0')) throw Refuse(name, "is a link to nothing");
        if (LeavesRoot(Split(name), target)) throw Refuse(name, $"is a link out of the sources, to '{target}'");
        if (target.StartsWith('/')) _outsideLinks[name] = target;

        var path = Claim(name, isLink: true);
        System.IO.File.CreateSymbolicLink(path, target);
        System.IO.File.SetLastWriteTimeUtc(path, Sane(time));
    }

    /// <summary>A copy: the same content under both names, and no way to change the one through the other.</summary>
    public void HardLink(string name, string target)
    {
        var parts = Split(target);
        if (parts.Length == _below.Length) throw Refuse(name, "is a hard link to the whole archive");
        Enter(name, parts.AsSpan()[..^1]);
        var source = new FileInfo(Path.Combine(_root, string.Join('/', parts)));
        if (source.LinkTarget is { } to)
        {
            SymbolicLink(name, to, source.LastWriteTimeUtc);
            return;
        }
        if (!source.Exists) throw Refuse(name, $"is a hard link to '{target}', which is no file of the archive");
        if (string.Join('/', Split(name)) == string.Join('/', parts)) return;

        using var content = source.OpenRead();
        File(name, source.UnixFileMode.HasFlag(UnixFileMode.UserExecute), source.LastWriteTimeUtc, content);
    }

    /// <summary>Sets the times of directories, which every entry written into them has changed.</summary>
    public void Finish()
    {
        foreach (var (name, time) in _directories.OrderByDescending(d => d.Key, StringComparer.Ordinal))
            System.IO.Directory.SetLastWriteTimeUtc(Path.Combine(_root, name), Sane(time));
    }

    /// <summary>Removes everything that was made. What an entry has replaced does not come back.</summary>
    public void Undo()
    {
        foreach (var path in Enumerable.Reverse(_made))
        {
            if (new FileInfo(path) is { LinkTarget: null, Exists: false }) RemoveDirectory(path);
            else System.IO.File.Delete(path);
        }
    }

    private static void RemoveDirectory(string path)
    {
        // Another source may have put something into it.
        if (System.IO.Directory.Exists(path) && !System.IO.Directory.EnumerateFileSystemEntries(path).Any()) System.IO.Directory.Delete(path);
    }

    internal SourceException Refuse(string entry, string reason) => new(FetchRules.HostileArchive(_archive, entry, reason));

    /// <summary>The path of a new entry: its directory exists and is real, and nothing is in its place any more.</summary>
    private string Claim(string name, bool isLink = false)
    {
        var parts = Split(name);
        if (parts.Length == _below.Length) throw Refuse(name, "names no file");
        Enter(name, parts.AsSpan()[..^1]);
        var relative = string.Join('/', parts);
        var path = Path.Combine(_root, relative);

        // An archive may hold an entry twice, and a later source may replace a file of an earlier one: the last wins.
        var present = new FileInfo(path);
        var isDirectory = _directories.ContainsKey(relative) || (present.LinkTarget is null && System.IO.Directory.Exists(path));
        if (isDirectory) throw Refuse(name, "would replace a directory");
        if (present.Exists || present.LinkTarget is not null) present.Delete();
        if (isLink) RefuseCollision(name, relative, isLink);
        _made.Add(path);
        return path;
    }

    /// <summary>
    /// A link and a directory whose names differ only in case are two entries here and one on other file systems, where the link would
    /// send the files of the directory elsewhere. Files with such names are honest: the Linux kernel has some.
    /// </summary>
    private void RefuseCollision(string name, string relative, bool isLink)
    {
        var folded = relative.ToLowerInvariant();
        if (_folded.TryGetValue(folded, out var other) && other.Name != relative && isLink != other.IsLink)
            throw Refuse(name, $"differs only in case from '{other.Name}', and one of them is a link, the other a directory");
        _folded[folded] = (relative, isLink);
    }

    private void Enter(string name, ReadOnlySpan<string> parts)
    {
        var relative = "";
        foreach (var part in parts)
        {
            relative = relative.Length == 0 ? part : $"{relative}/{part}";
            if (_directories.ContainsKey(relative)) continue;

            var directory = new DirectoryInfo(Path.Combine(_root, relative));
            if (directory.LinkTarget is { } target) throw Refuse(name, $"goes through the symbolic link '{relative}' to '{target}'");
            if (System.IO.File.Exists(directory.FullName)) throw Refuse(name, $"lies below the file '{relative}'");
            RefuseCollision(name, relative, isLink: false);
            if (!directory.Exists)
            {
                _made.Add(directory.FullName);
                System.IO.Directory.CreateDirectory(directory.FullName, ExecutableMode);
                System.IO.File.SetUnixFileMode(directory.FullName, ExecutableMode);
            }
            _directories[relative] = _epoch;
        }
    }

    private string[] Split(string name) => [.. _below, .. Parts(name)];

    private ImmutableArray<string> Parts(string name)
    {
        if (name.StartsWith('/')) throw Refuse(name, "has an absolute path");
        if (name.Contains('\0')) throw Refuse(name, "has a NUL in its name");
        var parts = name.Split('/').Where(p => p is not ("" or ".")).ToImmutableArray();
        return parts.Contains("..") ? throw Refuse(name, "climbs out of its directory with '..'") : parts;
    }

    /// <summary>By the text alone: a link that leads out only through other links cannot be followed here, because nothing follows links.</summary>
    private static bool LeavesRoot(string[] link, string target)
    {
        if (target.StartsWith('/')) return false;
        var depth = link.Length - 1;
        foreach (var part in target.Split('/'))
        {
            if (part is "..") depth--;
            else if (part is not ("" or ".")) depth++;
            if (depth < 0) return true;
        }
        return false;
    }

    /// <summary>Times that file systems and make can handle: from 1970 to 2106.</summary>
    private static DateTime Sane(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(time.ToUnixTimeSeconds(), 0, uint.MaxValue)).UtcDateTime;
}
