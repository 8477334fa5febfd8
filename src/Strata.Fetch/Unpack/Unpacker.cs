using System.Collections.Immutable;
using System.Text;
using Strata.Cache;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>
/// Turns fetched sources into files. The result depends on the sources and the options alone: the same bytes, modes and times on every
/// machine. Every archive is taken for hostile.
/// </summary>
public sealed class Unpacker(UnpackOptions options, BlobStore blobs, GitMirrors git)
{
    private const string CrateExtension = ".crate";

    private readonly Decompressor _decompressor = new(options.Environment);

    /// <summary>Unpacks all sources in order, so that a later one may replace files of an earlier one. Returns what is worth a note.</summary>
    /// <exception cref="SourceException">A source is refused or broken; the directory then holds the sources before it.</exception>
    public async Task<ImmutableArray<Diagnostic>> UnpackAsync(SourcePlan plan, CancellationToken cancel)
    {
        var notes = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var source in plan.Sources) notes.AddRange(await UnpackAsync(source, plan.Place, cancel));
        return notes.ToImmutable();
    }

    /// <exception cref="SourceException">The source is refused or broken; nothing of it is left.</exception>
    public async Task<ImmutableArray<Diagnostic>> UnpackAsync(PinnedSource source, SourceSpan at, CancellationToken cancel)
    {
        var name = source is PinnedFile ? source.Uri.FileName : source.Uri.Address;
        try
        {
            var tree = new TreeWriter(options.Directory, Destination(source), name, new(options.Limits, name), options.Epoch);
            await WriteOrUndoAsync(source, tree, cancel);
            return [.. tree.OutsideLinks.Select(l => FetchRules.OutsideLink(name, l.Key, l.Value) with { Place = at })];
        }
        catch (SourceException e) when (e.Problem.Place.IsNowhere)
        {
            throw new SourceException(e.Problem with { Place = at });
        }
        catch (IOException e)
        {
            throw new SourceException(FetchRules.CannotUnpack(name, e.Message) with { Place = at });
        }
    }

    private async Task WriteOrUndoAsync(PinnedSource source, TreeWriter tree, CancellationToken cancel)
    {
        try
        {
            await WriteAsync(source, tree, cancel);
            tree.Finish();
        }
        catch
        {
            tree.Undo();
            throw;
        }
    }

    private Task WriteAsync(PinnedSource source, TreeWriter tree, CancellationToken cancel) => source switch
    {
        PinnedFile file => WriteFileAsync(file, tree, cancel),
        PinnedGit pinned => WriteGitAsync(pinned, tree, cancel),
        LocalFile local => WriteLocalAsync(local, tree, cancel),
        DevelopmentTree development => Task.Run(() => WriteDevelopment(development, tree, cancel), cancel),
        _ => throw new ArgumentException($"unknown kind of source: {source.GetType()}", nameof(source)),
    };

    private async Task WriteFileAsync(PinnedFile file, TreeWriter tree, CancellationToken cancel)
    {
        // A disk may have changed the bytes since they were fetched; what is built must be what was pinned.
        if (!blobs.Has(file.Pin) || blobs.Verify(file.Pin) is not null) throw new SourceException(FetchRules.NotFetched(file));
        await using var content = File.OpenRead(blobs.PathOf(file.Pin));
        if (GoModule.Of(file.Uri) is { } module)
        {
            module.Write(content, tree, options.Epoch);
            return;
        }
        await WriteArchiveAsync(content, file.Uri, file.Uri.FileName, file.Uri.FileName, executable: false, tree, cancel);
        if (file.Uri.FileName.EndsWith(CrateExtension, StringComparison.Ordinal) && file.Uri.Flag("unpack", otherwise: true)) WriteCrateChecksum(file, tree);
    }

    /// <summary>Without this file cargo does not take a directory for a crate of a registry.</summary>
    private void WriteCrateChecksum(PinnedFile crate, TreeWriter tree)
    {
        using var content = new MemoryStream(Encoding.ASCII.GetBytes($$"""{"files":{},"package":"{{crate.Pin.Hex}}"}"""));
        tree.File($"{crate.Uri.FileName[..^CrateExtension.Length]}/.cargo-checksum.json", executable: false, options.Epoch, content);
    }

    private async Task WriteGitAsync(PinnedGit source, TreeWriter tree, CancellationToken cancel)
    {
        if (!source.Uri.Flag("unpack", otherwise: true)) return;
        var below = source.Uri.Parameter("subpath")?.Trim('/') ?? "";
        _ = await git.ExportAsync(source, (tar, committed, large) => TarUnpacker.Unpack(tar, tree, source.Uri.Address, new(committed, below, large)), cancel);
        foreach (var submodule in await git.SubmodulesAsync(source, cancel))
            await WriteGitAsync(submodule.Source, tree.Below(submodule.Path), cancel);
    }

    private void WriteDevelopment(DevelopmentTree development, TreeWriter tree, CancellationToken cancel)
    {
        tree.Directory(".", options.Epoch);
        foreach (var name in WorkTree.Files(development.Path))
        {
            cancel.ThrowIfCancellationRequested();
            var file = new FileInfo(Path.Combine(development.Path, name));
            if (file.LinkTarget is { } target) tree.SymbolicLink(name, target, options.Epoch);
            else if (file.Exists && !file.Attributes.HasFlag(FileAttributes.Device)) WriteFile(file.FullName, name, tree);
        }
    }

    private async Task WriteLocalAsync(LocalFile local, TreeWriter tree, CancellationToken cancel)
    {
        // As BitBake does: file://conf/x.cfg lands in conf/, and a leading slash is only dropped.
        var name = local.Uri.Path.Trim('/');
        if (Directory.Exists(local.Path))
        {
            WriteDirectory(new(local.Path), name, tree, cancel);
            return;
        }
        await using var content = File.OpenRead(local.Path);
        await WriteArchiveAsync(content, local.Uri, Path.GetFileName(local.Path), name, IsExecutable(local.Path), tree, cancel);
    }

    private async Task WriteArchiveAsync(
        FileStream content, SourceUri uri, string fileName, string copyTo, bool executable, TreeWriter tree, CancellationToken cancel)
    {
        switch (uri.Flag("unpack", otherwise: true) ? ArchiveKinds.Of(fileName) : ArchiveKind.None)
        {
            case ArchiveKind.None:
                tree.File(copyTo, executable, options.Epoch, content);
                break;
            case ArchiveKind.Tar:
                await _decompressor.ReadAsync(content, fileName, plain => TarUnpacker.Unpack(plain, tree, fileName), cancel);
                break;
            case ArchiveKind.Package:
                if (ArArchive.Seek(content, "data.tar") is not { } length)
                    throw new SourceException(FetchRules.CannotUnpack(fileName, "is no Debian or opkg package"));
                await _decompressor.ReadAsync(new PartOfStream(content, length), fileName, plain => TarUnpacker.Unpack(plain, tree, fileName), cancel);
                break;
            case ArchiveKind.Zip:
                await Task.Run(() => ZipUnpacker.Unpack(content, tree, fileName, cancel), cancel);
                break;
            case ArchiveKind.Compressed:
                var plainName = Path.GetFileNameWithoutExtension(fileName);
                await _decompressor.ReadAsync(content, fileName, plain => tree.File(plainName, executable, options.Epoch, plain), cancel);
                break;
            case ArchiveKind.SevenZip:
                await _decompressor.ReadSevenZipAsync(content, fileName, tar => TarUnpacker.Unpack(tar, tree, fileName), cancel);
                break;
            case ArchiveKind.Rpm:
                if (!RpmPackage.Seek(content)) throw new SourceException(FetchRules.CannotUnpack(fileName, "is no RPM package"));
                await _decompressor.ReadAsync(content, fileName, plain => CpioUnpacker.Unpack(plain, tree, fileName), cancel);
                break;
            case ArchiveKind.Cpio:
                await _decompressor.ReadAsync(content, fileName, plain => CpioUnpacker.Unpack(plain, tree, fileName), cancel);
                break;
            case ArchiveKind.Unknown:
                throw new SourceException(FetchRules.CannotUnpack(fileName, "is an archive that Strata cannot unpack"));
        }
    }

    private void WriteDirectory(DirectoryInfo directory, string name, TreeWriter tree, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        tree.Directory(name, options.Epoch);
        foreach (var child in directory.EnumerateFileSystemInfos().OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            var path = $"{name}/{child.Name}";
            if (child.LinkTarget is { } target) tree.SymbolicLink(path, target, options.Epoch);
            else if (child is DirectoryInfo below) WriteDirectory(below, path, tree, cancel);
            else if (!child.Attributes.HasFlag(FileAttributes.Device)) WriteFile(child.FullName, path, tree);
        }
    }

    private void WriteFile(string from, string name, TreeWriter tree)
    {
        using var content = File.OpenRead(from);
        tree.File(name, IsExecutable(from), options.Epoch, content);
    }

    private static bool IsExecutable(string path) => File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);

    /// <summary>Where below the directory the source goes: <c>subdir</c>, and for git <c>destsuffix</c> too.</summary>
    private string Destination(PinnedSource source)
    {
        if (source is DevelopmentTree development) return Inside(development.Destination);
        var subdir = Inside(source.Uri.Parameter("subdir") ?? "");
        if (source is not PinnedGit git) return subdir;

        var standard = subdir.Length > 0 ? ""
            : git.Uri.Parameter("subpath") is { Length: > 0 } subpath ? Path.GetFileName(subpath.TrimEnd('/'))
            : options.GitDestination;
        var suffix = Inside(git.Uri.Parameter("destsuffix") ?? standard);
        return subdir.Length == 0 ? suffix : $"{subdir}/{suffix}";
    }

    /// <summary>An absolute directory of a recipe, such as <c>${UNPACKDIR}/x</c>, seen from the directory here.</summary>
    private string Inside(string directory)
    {
        var root = options.SandboxDirectory.TrimEnd('/');
        if (directory == root) return "";
        return directory.StartsWith(root + "/", StringComparison.Ordinal) ? directory[(root.Length + 1)..] : directory;
    }
}
