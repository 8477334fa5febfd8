using System.Text;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Applies the declared changes of an image to its tree.</summary>
internal static class RootfsEditor
{
    public static void Apply(RootfsTree tree, RootfsEdit edit, SourceSpan place, Diagnostics diagnostics)
    {
        var path = Locate(tree, edit.Path);
        switch (edit)
        {
            case RootfsEdit.Remove:
                tree.Remove(path);
                break;
            case RootfsEdit.SetOwner change when tree.Find(path) is { } entry:
                var file = entry.File;
                tree.Set(entry with { File = file with { User = change.User ?? file.User, Group = change.Group ?? file.Group, Mode = change.Mode ?? file.Mode } });
                break;
            case RootfsEdit.SetOwner:
                diagnostics.Add(PackagingRules.NothingToEdit(place, edit.Path));
                break;
            case RootfsEdit.MakeDirectory directory:
                tree.Set(new(Entry(path, FileKind.Directory, directory.Mode, directory.User, directory.Group), tree.Find(path)?.Package, IsOwnDirectory: true));
                break;
            case RootfsEdit.WriteFile write:
                Replace(tree, TextFile(path, write));
                break;
            case RootfsEdit.MakeLink link:
                Replace(tree, new(Entry(path, FileKind.SymbolicLink, 0x1FF, "root", "root") with { Target = link.Target }, null));
                break;
            case RootfsEdit.MakeDevice device:
                var node = Entry(path, device.Kind, device.Mode, device.User, device.Group);
                Replace(tree, new(node with { DeviceMajor = device.Major, DeviceMinor = device.Minor }, null));
                break;
        }
    }

    /// <summary>An edit of /bin/x means /usr/bin/x where /bin is a link.</summary>
    private static string Locate(RootfsTree tree, string path)
    {
        path = RootfsPath.Normalize(path);
        return tree.TryResolve(RootfsPath.Parent(path), out var parent) ? RootfsPath.Join(parent.Path, RootfsPath.Name(path)) : path;
    }

    private static void Replace(RootfsTree tree, RootfsEntry entry)
    {
        tree.Remove(entry.Path);
        tree.Set(entry);
    }

    private static RootfsEntry TextFile(string path, RootfsEdit.WriteFile write)
    {
        var bytes = Encoding.UTF8.GetBytes(write.Text);
        var file = Entry(path, FileKind.File, write.Mode, write.User, write.Group);
        return new(file.WithContent(bytes), null, Bytes: bytes);
    }

    private static PackagedFile Entry(string path, FileKind kind, int mode, string user, string group) =>
        new() { Path = path, Kind = kind, Mode = mode, User = user, Group = group };
}
