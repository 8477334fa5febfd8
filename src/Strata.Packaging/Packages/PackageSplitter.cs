using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Divides an install tree into packages and checks them. Same tree and request, same artifact, byte for byte.</summary>
public sealed partial class PackageSplitter
{
    private readonly PackageSplitRequest _request;
    private readonly Diagnostics _diagnostics;
    private readonly PackageChecks _checks;
    private readonly CancellationToken _cancel;

    private PackageSplitter(PackageSplitRequest request, Diagnostics diagnostics, CancellationToken cancel)
    {
        _request = request;
        _diagnostics = diagnostics;
        _checks = new(request, new(request.Qa, request.Place, diagnostics));
        _cancel = cancel;
    }

    /// <summary>Writes the artifact; null when something is wrong enough to fail the task, which the diagnostics then say.</summary>
    public static PackageList? Split(PackageSplitRequest request, Diagnostics diagnostics, CancellationToken cancel)
    {
        // The caller's collection can hold errors of other tasks; only those of this one decide.
        var own = new Diagnostics();
        var list = new PackageSplitter(request, own, cancel).Run();
        foreach (var diagnostic in own.Sorted()) diagnostics.Add(diagnostic);
        return own.HasErrors ? null : list;
    }

    private PackageList Run()
    {
        var specs = DistinctPackages();
        var root = InstallTree.Read(_request.InstallTree, _request.Record, _request.Place, _diagnostics, _cancel);
        PackageAssignment.Assign(root, specs, _request.Place, _diagnostics);
        _checks.CheckUnshipped(PackageAssignment.Unassigned(root));

        var alternatives = specs.Select((spec, i) =>
            AlternativeLinks.Apply(root, i, spec, _request.Recipe, _request.Place, _diagnostics)).ToImmutableArray();
        var drafts = TakeContents(root, specs, alternatives);
        var dependencies = ReadDependencies().ToImmutableArray();
        var (libraries, files, code) = (new LibraryResolver(_request, drafts, dependencies), new FileRequirements(drafts, dependencies), new LinkedCodeFinder(_request, dependencies));
        foreach (var draft in drafts)
        {
            draft.Libraries = libraries.Find(draft);
            draft.FoundDepends = files.Find(draft);
            draft.Code = code.Find(draft, path => PathInArtifact(draft.Name, path));
            _checks.Check(draft);
            _checks.CheckModules(draft, files.MissingModules(draft));
        }

        var list = new PackageList
        {
            Recipe = _request.Recipe,
            Packages = [.. drafts.Where(IsKept).OrderBy(d => d.Name, StringComparer.Ordinal).Select(Manifest)],
        };
        list.Write(_request.OutputDirectory);
        return list;
    }

    private ImmutableArray<PackageSpec> DistinctPackages()
    {
        var specs = ImmutableArray.CreateBuilder<PackageSpec>();
        foreach (var spec in _request.Packages)
        {
            if (!AllowedName().IsMatch(spec.Name)) _diagnostics.Add(PackagingRules.BadPackageName(_request.Place, spec.Name));
            else if (specs.Any(s => s.Name == spec.Name)) _diagnostics.Add(PackagingRules.PackageListedTwice(_request.Place, spec.Name));
            else specs.Add(spec);
            _checks.CheckFilesVariable(spec);
        }
        return specs.ToImmutable();
    }

    private static bool IsKept(PackageDraft draft) => draft.Spec.AllowEmpty || !draft.Files.IsEmpty;

    /// <summary>Copies the content of every packaged file into the artifact and lists each package's entries.</summary>
    private ImmutableArray<PackageDraft> TakeContents(
        InstallEntry root, ImmutableArray<PackageSpec> specs, ImmutableArray<ImmutableArray<Alternative>> alternatives)
    {
        var members = specs.Select((_, i) => PackageMembers.Of(root, i)).ToImmutableArray();
        var copies = new List<(string From, string To)>();
        for (var i = 0; i < specs.Length; i++)
            copies.AddRange(members[i].Contents.Select(e => (e.HostPath, PathInArtifact(specs[i].Name, e.Path))));
        Directory.CreateDirectory(_request.OutputDirectory);
        var contents = new Queue<FileContent>(new ContentIntake(_request.BuildPaths).CopyAll(copies, _cancel));

        var drafts = ImmutableArray.CreateBuilder<PackageDraft>();
        for (var i = 0; i < specs.Length; i++)
        {
            var taken = members[i].Contents.ToDictionary(e => e.Path, _ => contents.Dequeue(), StringComparer.Ordinal);
            var files = members[i].All.Select(e => Draft(e, members[i].LinkTarget(e), taken.GetValueOrDefault(e.Path)));
            drafts.Add(new(specs[i], alternatives[i], [.. files]));
        }
        return drafts.ToImmutable();
    }

    private string PathInArtifact(string package, string path) =>
        Path.Combine(_request.OutputDirectory, PackageList.FilesDirectory, package, path[1..]);

    private DraftFile Draft(InstallEntry entry, string? hardLink, FileContent? content)
    {
        var isDevice = entry.Kind is FileKind.CharacterDevice or FileKind.BlockDevice;
        var file = new PackagedFile
        {
            Path = entry.Path,
            Kind = hardLink is null ? entry.Kind : FileKind.HardLink,
            Mode = entry.Kind == FileKind.SymbolicLink ? 0x1FF : entry.Recorded?.Permissions ?? entry.Status.Permissions,
            User = entry.Recorded?.User ?? "root",
            Group = entry.Recorded?.Group ?? "root",
            Size = content?.Size ?? 0,
            Sha1 = content?.Sha1,
            Sha256 = content?.Sha256,
            Sha512 = content?.Sha512,
            Target = hardLink ?? entry.Target,
            ExtendedAttributes = entry.ExtendedAttributes,
            DeviceMajor = isDevice ? entry.Recorded?.DeviceMajor ?? (int)entry.Status.Node.Major : 0,
            DeviceMinor = isDevice ? entry.Recorded?.DeviceMinor ?? (int)entry.Status.Node.Minor : 0,
        };
        return new(_request.Ownership.Apply(WithRecorded(file, entry.Recorded?.Capabilities)), content);
    }

    private PackagedFile WithRecorded(PackagedFile file, string? capabilities)
    {
        if (capabilities is null) return file;
        if (FileCapabilities.Parse(capabilities) is { } bytes) return file.WithCapabilities(bytes);
        _diagnostics.Add(PackagingRules.BadCapabilities(_request.Place, file.Path, capabilities));
        return file;
    }

    private IEnumerable<PackageList> ReadDependencies()
    {
        foreach (var artifact in _request.DependencyArtifacts)
        {
            PackageList? list = null;
            try
            {
                list = PackageList.Read(artifact);
            }
            catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
            {
                _diagnostics.Add(PackagingRules.DamagedPackageList(_request.Place, artifact, e.Message));
            }
            if (list is not null) yield return list;
        }
    }

    private PackageManifest Manifest(PackageDraft draft) => new()
    {
        Name = draft.Name,
        Version = _request.Version,
        Revision = _request.Revision,
        Recipe = _request.Recipe,
        Architecture = _request.PackageArchitecture,
        License = draft.Spec.License ?? _request.License,
        Summary = draft.Spec.Summary,
        Description = draft.Spec.Description,
        Section = draft.Spec.Section,
        Homepage = _request.Homepage,
        Maintainer = _request.Maintainer,
        Depends = RuntimeDependency.ParseList(draft.Spec.Depends),
        Recommends = RuntimeDependency.ParseList(draft.Spec.Recommends),
        Provides = RuntimeDependency.ParseList(draft.Spec.Provides),
        Conflicts = RuntimeDependency.ParseList(draft.Spec.Conflicts),
        Replaces = RuntimeDependency.ParseList(draft.Spec.Replaces),
        LibraryProvides = draft.Libraries.Provides,
        LibraryRequires = draft.Libraries.Requires,
        FoundDepends = draft.FoundDepends,
        Interpreters = [.. draft.Files.Select(f => f.Content?.Elf?.Interpreter).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Linked = draft.Code.Linked,
        UnseenLinks = draft.Code.Unseen,
        ConfigurationFiles = ConfigurationFiles(draft),
        Alternatives = draft.Alternatives,
        Groups = AccountOptions.ParseGroups(draft.Spec.GroupOptions, _request.Place, _diagnostics),
        Users = AccountOptions.ParseUsers(draft.Spec.UserOptions, _request.Place, _diagnostics),
        Scripts = draft.Spec.Scripts,
        InstalledSize = draft.Files.Sum(f => f.File.Size),
        Files = [.. draft.Files.Select(f => f.File)],
    };

    private static ImmutableArray<string> ConfigurationFiles(PackageDraft draft)
    {
        var patterns = draft.Spec.ConfigurationFiles.Select(p => new PathPattern(p)).ToImmutableArray();
        var below = draft.Spec.ConfigurationFiles.Select(p => new PathPattern($"{p.TrimEnd('/')}/**")).ToImmutableArray();
        return [.. draft.Files.Where(f => f.File.Kind == FileKind.File).Select(f => f.File.Path)
                        .Where(path => patterns.Any(p => p.IsMatch(path)) || below.Any(p => p.IsMatch(path)))];
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.+-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex AllowedName();
}
