using System.Collections.Immutable;
using System.Text;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Makes a root file system from packages: <c>rootfs.tar</c> and <c>rootfs.json</c>. Same packages and request, same bytes.</summary>
/// <remarks>In steps, because packages have scripts that somebody has to run: <see cref="Begin"/>, <see cref="UnpackForScripts"/>, <see cref="TakeBack"/>, <see cref="Finish"/>.</remarks>
public sealed class RootfsBuilder
{
    private const string HostnameFile = "/etc/hostname";

    private readonly RootfsRequest _request;
    private readonly Diagnostics _diagnostics = new();
    private readonly RootfsTree _tree = new();
    private readonly PackageIndex _index;
    private readonly PackageInstaller _installer;
    private readonly Accounts _accounts;
    private PackageSelection _selection;
    private ScriptTree? _scripts;

    private RootfsBuilder(RootfsRequest request, PackageIndex index, PackageSelection selection)
    {
        (_request, _index, _selection) = (request, index, selection);
        _installer = new(_tree, selection.Packages, request.Place, _diagnostics);
        _installer.InstallAll();
        SetHostname(_tree, request);
        _accounts = AccountFiles.Complete(_tree, selection, request, _diagnostics);
    }

    /// <summary>Scripts of packages that could run now, in the order of installation; those that do not are left for the first boot.</summary>
    public ImmutableArray<PackageScript> Scripts =>
        [.. _selection.Packages.Select(p => new PackageScript(p.Name, MaintainerScripts.AtBuild(p.Manifest))).Where(s => s.Text.Length > 0)];

    /// <summary>All steps, without running scripts.</summary>
    /// <returns>Null when something is wrong enough to fail the task, which the diagnostics then say; nothing is written then.</returns>
    public static RootfsManifest? Build(RootfsRequest request, Diagnostics diagnostics, CancellationToken cancel) =>
        Begin(request, diagnostics)?.Finish([], diagnostics, cancel);

    /// <summary>Chooses and installs the packages.</summary>
    /// <returns>Null when they do not go together, which the diagnostics then say.</returns>
    public static RootfsBuilder? Begin(RootfsRequest request, Diagnostics diagnostics)
    {
        // The caller's collection can hold errors of other tasks; only those of this one decide.
        var own = new Diagnostics();
        var index = PackageIndex.Read(request.PackageArtifacts, request.Place, own);
        var selection = new PackageResolver(request, index, own).Resolve();
        foreach (var diagnostic in own.Sorted()) diagnostics.Add(diagnostic);
        return own.HasErrors ? null : new(request, index, selection);
    }

    /// <summary>Puts the tree where scripts can change it.</summary>
    /// <param name="directory">Must not exist or be empty.</param>
    public void UnpackForScripts(string directory, CancellationToken cancel)
    {
        _tree.Complete();
        _scripts = new(_tree, directory);
        _scripts.Unpack(cancel);
    }

    /// <summary>Takes over what scripts have changed, and removes the directory.</summary>
    public void TakeBack(CancellationToken cancel) => _scripts?.TakeBack(_request.Place, _diagnostics, cancel);

    /// <summary>Applies what the image asks for, checks the whole and writes it.</summary>
    /// <param name="configured">Packages whose script has succeeded.</param>
    /// <returns>Null when something is wrong enough to fail the task, which the diagnostics then say; nothing is written then.</returns>
    public RootfsManifest? Finish(IEnumerable<string> configured, Diagnostics diagnostics, CancellationToken cancel)
    {
        _selection = _selection with { Configured = [.. configured] };
        new ImageFeatures(_tree, _selection, _request, _diagnostics).Apply();
        foreach (var edit in _request.Edits) RootfsEditor.Apply(_tree, edit, _request.Place, _diagnostics);
        new ProgramClosure(_tree, _request, _diagnostics).Apply();
        if (_request.Features.Contains(ImageFeatures.Management, StringComparer.Ordinal))
            new PackageDatabase(_tree, _request.Database, _installer, _request, _diagnostics).Write(_selection);
        foreach (var (path, content) in _request.Documents?.Invoke(Manifest()) ?? [])
            _tree.Set(new(new PackagedFile { Path = path, Kind = FileKind.File, Mode = 0x1A4 }.WithContent(content), null, Bytes: content));
        _tree.Complete();
        RootfsVerifier.Verify(_tree, _selection, _index, _request, _diagnostics);
        CheckOwners();
        var judged = ImageQa.Judge(_diagnostics, _request.Qa);
        foreach (var diagnostic in judged.Sorted()) diagnostics.Add(diagnostic);
        return judged.HasErrors ? null : Write(cancel);
    }

    private RootfsManifest Write(CancellationToken cancel)
    {
        Directory.CreateDirectory(_request.OutputDirectory);
        new RootfsTarWriter(_accounts, _request.Epoch).Write(_tree.Entries, Path.Combine(_request.OutputDirectory, RootfsManifest.TarName), cancel);
        var manifest = Manifest();
        manifest.Write(_request.OutputDirectory);
        return manifest;
    }

    private static void SetHostname(RootfsTree tree, RootfsRequest request)
    {
        if (request.Hostname.Length == 0) return;
        var bytes = Encoding.UTF8.GetBytes(request.Hostname + "\n");
        var file = tree.Find(HostnameFile)?.File ?? new() { Path = HostnameFile, Kind = FileKind.File, Mode = 0x1A4 };
        tree.Set(new(file.WithContent(bytes), null, Bytes: bytes));
    }

    private void CheckOwners()
    {
        foreach (var entry in _tree.Entries)
        {
            if (_accounts.UserId(entry.File.User) is null) _diagnostics.Add(PackagingRules.UnknownOwner(_request.Place, "user", entry.File.User, entry));
            if (_accounts.GroupId(entry.File.Group) is null) _diagnostics.Add(PackagingRules.UnknownOwner(_request.Place, "group", entry.File.Group, entry));
        }
    }

    private RootfsManifest Manifest() => new()
    {
        Hostname = _request.Hostname,
        Epoch = _request.Epoch.ToUnixTimeSeconds(),
        Size = _tree.Entries.Where(e => e.File.Kind == FileKind.File).Sum(e => e.File.Size),
        Packages = [.. _selection.Packages.OrderBy(p => p.Name, StringComparer.Ordinal)
                                .Select(p => Installed(p, _selection.Depends[p.Name], _installer))
                                // A closure of programs can leave nothing of a package.
                                .Where(p => _request.Programs.IsEmpty || p.Files.Any(f => f.Kind != FileKind.Directory))],
        Generated = [.. _tree.Entries.Where(e => e.Package is null).Select(e => e.File)],
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
