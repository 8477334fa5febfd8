using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>The directories of the store with their manifests: putting in place, checking, taking away.</summary>
/// <param name="boots">Knows what a machine that went down may have lost.</param>
internal sealed class ArtifactShelf(string root, Trash trash, Boots boots)
{
    private readonly ConcurrentDictionary<Digest, bool> _complete = new();

    public string PathOf(Digest artifact) => Path.Combine(root, artifact.Hex[..2], artifact.Hex);

    public string ManifestOf(Digest artifact) => PathOf(artifact) + ArtifactManifest.Extension;

    /// <summary>Counts and sizes are compared with the manifest once; later questions in this process are answered from memory.</summary>
    public bool IsComplete(Digest artifact)
    {
        if (_complete.ContainsKey(artifact)) return true;
        return Whole(artifact) && (_complete[artifact] = true);
    }

    /// <summary>Remembers the use in the time of the manifest: it survives everything that the artifact survives.</summary>
    public void MarkUsed(Digest artifact) => Posix.Touch(ManifestOf(artifact));

    /// <summary>Moves a sealed tree into place, or removes it when the artifact is there already.</summary>
    public void Place(Tree tree, Digest artifact)
    {
        if (!Whole(artifact) && TryPlace(tree, artifact)) TreeSealer.SealTop(PathOf(artifact));
        else FileTree.Delete(tree.Root);
        _complete[artifact] = true;
        MarkUsed(artifact);
    }

    /// <summary>For an artifact that is sound but for what is written about it.</summary>
    /// <param name="written">When it was written, as far as anybody can tell; null when it was read from the disk.</param>
    public void WriteManifest(Digest artifact, BootMoment? written) =>
        AtomicFile.WriteAllBytes(ManifestOf(artifact), (ArtifactManifest.Of(Tree.Read(PathOf(artifact))) with { Written = written }).ToJson());

    /// <summary>False when it was not there.</summary>
    public bool Take(Digest artifact)
    {
        _complete.TryRemove(artifact, out _);
        var present = Directory.Exists(PathOf(artifact));
        if (present) trash.Take(PathOf(artifact));
        File.Delete(ManifestOf(artifact));
        return present;
    }

    /// <summary>All artifacts, ordinal.</summary>
    public ImmutableArray<Digest> All() => Shelves.Names(root);

    /// <summary>What no living process can be working on and no key can lead to; the caller must be alone.</summary>
    public void Tidy()
    {
        foreach (var path in Shelves.Strangers(root, ArtifactManifest.Extension))
            if (File.Exists(path)) File.Delete(path);
        foreach (var manifest in Manifests())
            if (!Directory.Exists(manifest[..^ArtifactManifest.Extension.Length])) File.Delete(manifest);
        foreach (var artifact in All())
            if (ArtifactManifest.Read(ManifestOf(artifact)) is null) Take(artifact);
    }

    private IEnumerable<string> Manifests() => Directory.Exists(root)
        ? Directory.EnumerateDirectories(root).SelectMany(d => Directory.EnumerateFiles(d, "*" + ArtifactManifest.Extension))
        : [];

    /// <summary>Asks the disk and not the memory: something may have happened to the artifact since.</summary>
    private bool Whole(Digest artifact)
    {
        if (ArtifactManifest.Read(ManifestOf(artifact)) is not { } manifest || !Directory.Exists(PathOf(artifact))) return false;
        try
        {
            if (!manifest.Fits(Tree.Read(PathOf(artifact)))) return false;
            return manifest.Written is not { } written || boots.HasReachedDisk(written) || IsSound(artifact);
        }
        catch (StoreException)
        {
            return false;              // it cannot be read, or holds what no artifact can hold
        }
    }

    /// <summary>Reads all of it: right sizes say nothing after the machine went down. Asked once, because the answer is written down.</summary>
    private bool IsSound(Digest artifact)
    {
        if (ArtifactDigest.Of(PathOf(artifact), CancellationToken.None) != artifact) return false;
        WriteManifest(artifact, null);
        return true;
    }

    /// <summary>False when another process put the same artifact there first.</summary>
    private bool TryPlace(Tree tree, Digest artifact)
    {
        var target = PathOf(artifact);
        if (Directory.Exists(target)) trash.Take(target);
        boots.Sign();
        AtomicFile.WriteAllBytes(ManifestOf(artifact), (ArtifactManifest.Of(tree) with { Written = Boots.Now }).ToJson());
        return Posix.Rename(tree.Root, target) == RenameResult.Done;
    }
}
