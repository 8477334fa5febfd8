using System.Globalization;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>What an install script under fakeroot made of owners, modes, devices and capabilities, by path and by inode.</summary>
/// <remarks>
/// Records end with a zero byte: <c>MODE USER GROUP MAJOR MINOR INODE PATH</c>, mode and device numbers hexadecimal and the path relative,
/// or <c>cap INODE CAPABILITIES</c>; of several for one inode the last counts, and nothing takes them away.
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
        var lines = File.ReadAllText(file).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
            if (line.Split(' ', 3) is ["cap", var inode, var text]) capabilities[inode] = text;
        foreach (var words in lines.Where(l => !l.StartsWith("cap ", StringComparison.Ordinal)).Select(l => l.Split(' ', 7)))
        {
            if (words is not [var mode, var user, var group, var major, var minor, var inode, ['.', .. var path]]) throw new InvalidDataException($"{file} is damaged");
            if (InstallEntry.KindOf((FileType)(Hex(mode) & TypeMask)) is not { } kind) continue;
            record._entries[path] = new(kind, Hex(mode) & PermissionMask, Name(user), Name(group), Hex(major), Hex(minor),
                kind is FileKind.File && capabilities.GetValueOrDefault(inode) is { Length: > 0 } own ? own : null);
        }
        return record;
    }

    /// <summary>Null when nothing is known of the path, or something else lies there by now.</summary>
    internal RecordedEntry? Find(string path, FileStatus status) =>
        _entries.TryGetValue(path, out var entry) && (status.Type is FileType.File || InstallEntry.KindOf(status.Type) == entry.Kind) ? entry : null;

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Name(string number) => number == "0" ? "root" : number;
}
