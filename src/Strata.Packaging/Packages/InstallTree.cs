using Strata.Core;

namespace Strata.Packaging;

/// <summary>Reads an install tree from disk, once; links are entries and never followed.</summary>
internal static class InstallTree
{
    public static InstallEntry Read(string directory, InstallRecord record, SourceSpan place, Diagnostics diagnostics, CancellationToken cancel)
    {
        var root = new InstallEntry("/", directory, FileStatus.Of(directory), null);
        Fill(root, record, place, diagnostics, cancel);
        return root;
    }

    private static void Fill(InstallEntry directory, InstallRecord record, SourceSpan place, Diagnostics diagnostics, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var hostPath in Directory.EnumerateFileSystemEntries(directory.HostPath))
        {
            var name = Path.GetFileName(hostPath);
            var path = directory.Path == "/" ? $"/{name}" : $"{directory.Path}/{name}";
            if (ReadEntry(path, hostPath, record) is not { } entry)
            {
                diagnostics.Add(PackagingRules.CannotPackage(place, path));
                continue;
            }
            directory.Children.Add(name, entry);
            if (entry.IsDirectory) Fill(entry, record, place, diagnostics, cancel);
        }
    }

    /// <summary>Null for sockets and for names that are not UTF-8, which the framework cannot open.</summary>
    private static InstallEntry? ReadEntry(string path, string hostPath, InstallRecord record)
    {
        if (path.Contains('\uFFFD', StringComparison.Ordinal) || path.Contains('\n', StringComparison.Ordinal)) return null;
        var status = FileStatus.Of(hostPath);
        return InstallEntry.KindOf(status.Type) switch
        {
            null => null,
            FileKind.SymbolicLink => new(path, hostPath, status, record.Find(path, status)) { Target = new FileInfo(hostPath).LinkTarget },
            _ => new(path, hostPath, status, record.Find(path, status)),
        };
    }
}
