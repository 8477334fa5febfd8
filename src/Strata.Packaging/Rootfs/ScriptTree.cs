using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// A root file system unpacked for scripts that change it, and what they changed. Devices and names that are no UTF-8 are not unpacked and stay
/// as they are; everything belongs to whoever unpacks it, so what a script makes belongs to root in the image.
/// </summary>
internal sealed class ScriptTree(RootfsTree tree, string directory)
{
    private const int OwnerMayAll = 0x1C0, OwnerMayReadAndWrite = 0x180, PermissionsWithoutPrivileges = 0x1FF;

    private readonly Dictionary<string, FileStatus> _unpacked = new(StringComparer.Ordinal);

    public void Unpack(CancellationToken cancel)
    {
        Directory.CreateDirectory(directory);
        foreach (var entry in tree.Entries.Where(e => !ByteText.HasRawBytes(e.Path) && !ByteText.HasRawBytes(e.File.Target ?? "")))
        {
            cancel.ThrowIfCancellationRequested();
            var path = directory + entry.Path;
            if (!Unpack(entry, path)) continue;
            if (entry.File.Kind != FileKind.SymbolicLink) File.SetUnixFileMode(path, ModeOf(entry));
            _unpacked.Add(entry.Path, FileStatus.Of(path));
        }
    }

    /// <summary>Takes over what was added, changed and removed, and removes the directory.</summary>
    public void TakeBack(SourceSpan place, Diagnostics diagnostics, CancellationToken cancel)
    {
        var gone = _unpacked.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var found in InstallTree.Read(directory, InstallRecord.Empty, place, diagnostics, cancel).Subtree().Skip(1))
        {
            gone.Remove(found.Path);
            if (!_unpacked.TryGetValue(found.Path, out var before) || !IsSame(before, found.Status)) Take(found);
        }
        foreach (var path in gone) tree.Discard(path);
        FileTree.Delete(directory);
    }

    private static bool Unpack(RootfsEntry entry, string path)
    {
        switch (entry.File.Kind)
        {
            case FileKind.Directory: Directory.CreateDirectory(path); return true;
            case FileKind.SymbolicLink: File.CreateSymbolicLink(path, entry.File.Target!); return true;
            case FileKind.File or FileKind.HardLink when entry.Bytes is { } bytes: File.WriteAllBytes(path, bytes); return true;
            case FileKind.File or FileKind.HardLink: File.Copy(entry.ContentPath!, path); return true;
            default: return false;
        }
    }

    /// <summary>Scripts run as the owner, who must be able to change everything, but must not get programs that run as somebody else.</summary>
    private static UnixFileMode ModeOf(RootfsEntry entry) =>
        (UnixFileMode)(entry.File.Mode & PermissionsWithoutPrivileges | (entry.IsDirectory ? OwnerMayAll : OwnerMayReadAndWrite));

    /// <summary>A directory also changes when something in it does, which does not matter.</summary>
    private static bool IsSame(FileStatus before, FileStatus now) =>
        before.Type == now.Type && before.Permissions == now.Permissions
        && (now.Type == FileType.Directory || (before.Identity == now.Identity && before.Size == now.Size && before.ModifiedTicks == now.ModifiedTicks));

    private void Take(InstallEntry found)
    {
        var present = tree.Find(found.Path);
        var file = present?.File ?? new() { Path = found.Path, Kind = found.Kind, Mode = found.Status.Permissions };
        var hasOtherMode = !_unpacked.TryGetValue(found.Path, out var before) || before.Permissions != found.Status.Permissions;
        file = file with { Kind = found.Kind, Target = found.Target, Mode = hasOtherMode ? found.Status.Permissions : file.Mode };
        var bytes = found.Kind == FileKind.File ? File.ReadAllBytes(found.HostPath) : null;
        tree.Set(new(bytes is null ? file : file.WithContent(bytes), present?.Package, Bytes: bytes, IsOwnDirectory: found.IsDirectory));
    }
}
