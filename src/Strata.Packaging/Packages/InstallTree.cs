using System.Collections.Immutable;
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
            var name = ByteText.Of(Path.GetFileName(hostPath));
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

    /// <summary>The framework has put this character for bytes that are not UTF-8.</summary>
    private static bool IsDamaged(string name) => name.Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>Null for sockets and for names that are not UTF-8, which the framework cannot open.</summary>
    private static InstallEntry? ReadEntry(string path, string hostPath, InstallRecord record)
    {
        if (IsDamaged(hostPath)) return null;
        var status = FileStatus.Of(hostPath);
        return InstallEntry.KindOf(status.Type) switch
        {
            null => null,
            FileKind.SymbolicLink => new FileInfo(hostPath).LinkTarget is { } target && !IsDamaged(target)
                ? new(path, hostPath, status, record.Find(path, status)) { Target = ByteText.Of(target) } : null,
            _ => new(path, hostPath, status, record.Find(path, status)) { ExtendedAttributes = Attributes(hostPath) },
        };
    }

    /// <summary>Capabilities and what programs call their own; all else is the build machine's (labels of security modules, marks of overlays).</summary>
    private static ImmutableSortedDictionary<string, byte[]>? Attributes(string hostPath)
    {
        var names = ExtendedAttributes.Names(hostPath);
        if (names.Count == 0) return null;
        var kept = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in names.Where(n => n == FileCapabilities.Attribute || (n.StartsWith("user.", StringComparison.Ordinal) && !n.StartsWith("user.overlay.", StringComparison.Ordinal))))
            if (ExtendedAttributes.Find(hostPath, name) is { } value && (name == FileCapabilities.Attribute ? FileCapabilities.Normalize(value) : value) is { } bytes) kept[name] = bytes;
        return kept.Count == 0 ? null : kept.ToImmutable();
    }
}
