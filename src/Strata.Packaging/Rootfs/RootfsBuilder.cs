using System.Collections.Immutable;
using System.Text;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Makes a root file system from packages: <c>rootfs.tar</c> and <c>rootfs.json</c>. Same packages and request, same bytes.</summary>
public static class RootfsBuilder
{
    private const string HostnameFile = "/etc/hostname";

    /// <summary>Null when something is wrong enough to fail the task, which the diagnostics then say; nothing is written then.</summary>
    public static RootfsManifest? Build(RootfsRequest request, Diagnostics diagnostics, CancellationToken cancel)
    {
        // The caller's collection can hold errors of other tasks; only those of this one decide.
        var own = new Diagnostics();
        var manifest = Run(request, own, cancel);
        foreach (var diagnostic in own.Sorted()) diagnostics.Add(diagnostic);
        return manifest;
    }

    private static RootfsManifest? Run(RootfsRequest request, Diagnostics diagnostics, CancellationToken cancel)
    {
        var index = PackageIndex.Read(request.PackageArtifacts, request.Place, diagnostics);
        var selection = new PackageResolver(request, index, diagnostics).Resolve();
        if (diagnostics.HasErrors) return null;

        var tree = new RootfsTree();
        var installer = new PackageInstaller(tree, selection.Packages, request.Place, diagnostics);
        installer.InstallAll();
        SetHostname(tree, request);
        var accounts = AccountFiles.Complete(tree, selection, request, diagnostics);
        new ImageFeatures(tree, selection, request, diagnostics).Apply();
        foreach (var edit in request.Edits) RootfsEditor.Apply(tree, edit, request.Place, diagnostics);
        new ProgramClosure(tree, request, diagnostics).Apply();
        if (request.Features.Contains(ImageFeatures.Management, StringComparer.Ordinal))
            new PackageDatabase(tree, request.Database, installer, request, diagnostics).Write(selection);
        foreach (var (path, content) in request.Documents?.Invoke(Manifest(request, selection, installer, tree)) ?? [])
            tree.Set(new(new PackagedFile { Path = path, Kind = FileKind.File, Mode = 0x1A4 }.WithContent(content), null, Bytes: content));
        tree.Complete();
        RootfsVerifier.Verify(tree, selection, index, request, diagnostics);
        CheckOwners(tree, accounts, request.Place, diagnostics);
        if (diagnostics.HasErrors) return null;

        Directory.CreateDirectory(request.OutputDirectory);
        new RootfsTarWriter(accounts, request.Epoch).Write(tree.Entries, Path.Combine(request.OutputDirectory, RootfsManifest.TarName), cancel);
        var manifest = Manifest(request, selection, installer, tree);
        manifest.Write(request.OutputDirectory);
        return manifest;
    }

    private static void SetHostname(RootfsTree tree, RootfsRequest request)
    {
        if (request.Hostname.Length == 0) return;
        var bytes = Encoding.UTF8.GetBytes(request.Hostname + "\n");
        var file = tree.Find(HostnameFile)?.File ?? new() { Path = HostnameFile, Kind = FileKind.File, Mode = 0x1A4 };
        tree.Set(new(file.WithContent(bytes), null, Bytes: bytes));
    }

    private static void CheckOwners(RootfsTree tree, Accounts accounts, SourceSpan place, Diagnostics diagnostics)
    {
        foreach (var entry in tree.Entries)
        {
            if (accounts.UserId(entry.File.User) is null) diagnostics.Add(PackagingRules.UnknownOwner(place, "user", entry.File.User, entry));
            if (accounts.GroupId(entry.File.Group) is null) diagnostics.Add(PackagingRules.UnknownOwner(place, "group", entry.File.Group, entry));
        }
    }

    private static RootfsManifest Manifest(RootfsRequest request, PackageSelection selection, PackageInstaller installer, RootfsTree tree) => new()
    {
        Hostname = request.Hostname,
        Epoch = request.Epoch.ToUnixTimeSeconds(),
        Size = tree.Entries.Where(e => e.File.Kind == FileKind.File).Sum(e => e.File.Size),
        Packages = [.. selection.Packages.OrderBy(p => p.Name, StringComparer.Ordinal)
                                .Select(p => Installed(p, selection.Depends[p.Name], installer))
                                // A closure of programs can leave nothing of a package.
                                .Where(p => request.Programs.IsEmpty || p.Files.Any(f => f.Kind != FileKind.Directory))],
        Generated = [.. tree.Entries.Where(e => e.Package is null).Select(e => e.File)],
    };

    private static InstalledPackage Installed(AvailablePackage package, ImmutableArray<string> depends, PackageInstaller installer)
    {
        var files = installer.FilesOf(package);
        var paths = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        return new()
        {

            Name = package.Name,
            Version = package.Manifest.Version,
            Revision = package.Manifest.Revision,
            Recipe = package.Manifest.Recipe,
            Architecture = package.Manifest.Architecture,
            License = package.Manifest.License,
            Summary = package.Manifest.Summary,
            Depends = depends,
            LibraryRequires = package.Manifest.LibraryRequires,
            Linked = [.. package.Manifest.Linked.Select(l => l with { Files = Present(l.Files) }).Where(l => !l.Files.IsEmpty)],
            UnseenLinks = Present(package.Manifest.UnseenLinks),
            Files = files,
        };

        ImmutableArray<string> Present(ImmutableArray<string> all) => [.. all.Select(installer.Locate).Where(paths.Contains)];
    }
}
