using System.Globalization;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>What an install script under fakeroot made of owners, modes, devices and capabilities, by path and by inode.</summary>
/// <remarks>
/// Records end with a zero byte: <c>MODE USER GROUP MAJOR MINOR INODE PATH</c>, mode and device numbers hexadecimal and the path relative,
/// or <c>cap INODE CAPABILITIES</c>; of several for one inode the last counts, and nothing takes them away. <c>user NUMBER NAME</c> and
/// <c>group NUMBER NAME</c> say for which accounts numbers stand.
/// </remarks>
public sealed class InstallRecord
{
    private const int TypeMask = 0xf000;
    private const int PermissionMask = 0xfff;

    private readonly Dictionary<string, RecordedEntry> _entries = new(StringComparer.Ordinal);

    private InstallRecord() { }

    public static InstallRecord Empty { get; } = new();

    /// <summary>Empty when there is no such file: nothing ran under fakeroot.</summary>
    /// <exception cref="InvalidDataException">The file was damaged.</exception>
    public static InstallRecord Read(string file)
    {
        if (!File.Exists(file)) return Empty;
        var record = new InstallRecord();
        var capabilities = new Dictionary<string, string>(StringComparer.Ordinal);
        var (users, groups) = (new Dictionary<string, string>(StringComparer.Ordinal) { ["0"] = "root" }, new Dictionary<string, string>(StringComparer.Ordinal) { ["0"] = "root" });
        var lines = File.ReadAllText(file).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        foreach (var words in lines.Select(l => l.Split(' ', 3)))
            if (TableOf(words[0]) is { } table && words is [_, var number, var text]) table[number] = text;
        foreach (var words in lines.Where(l => TableOf(l[..Math.Max(0, l.IndexOf(' ', StringComparison.Ordinal))]) is null).Select(l => l.Split(' ', 7)))
        {
            if (words is not [var mode, var user, var group, var major, var minor, var inode, ['.', .. var path]]) throw new InvalidDataException($"{file} is damaged");
            if (InstallEntry.KindOf((FileType)(Hex(mode) & TypeMask)) is not { } kind) continue;
            record._entries[path] = new(kind, Hex(mode) & PermissionMask, users.GetValueOrDefault(user, user), groups.GetValueOrDefault(group, group), Hex(major), Hex(minor),
                kind is FileKind.File && capabilities.GetValueOrDefault(inode) is { Length: > 0 } own ? own : null);
        }
        return record;

        Dictionary<string, string>? TableOf(string kind) => kind switch { "cap" => capabilities, "user" => users, "group" => groups, _ => null };
    }

    /// <summary>Null when nothing is known of the path, or something else lies there by now.</summary>
    internal RecordedEntry? Find(string path, FileStatus status) =>
        _entries.TryGetValue(path, out var entry) && (status.Type is FileType.File || InstallEntry.KindOf(status.Type) == entry.Kind) ? entry : null;

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
