using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>The directories of the store with their manifests: putting in place, checking, taking away.</summary>
internal sealed class ArtifactShelf(string root, Trash trash)
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
    public void WriteManifest(Digest artifact) =>
        AtomicFile.WriteAllBytes(ManifestOf(artifact), ArtifactManifest.Of(Tree.Read(PathOf(artifact))).ToJson());

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
            return ArtifactManifest.Of(Tree.Read(PathOf(artifact))) == manifest;
        }
        catch (StoreException)
        {
            return false;              // it cannot be read, or holds what no artifact can hold
        }
    }

    /// <summary>False when another process put the same artifact there first.</summary>
    private bool TryPlace(Tree tree, Digest artifact)
    {
        var target = PathOf(artifact);
        if (Directory.Exists(target)) trash.Take(target);
        AtomicFile.WriteAllBytes(ManifestOf(artifact), ArtifactManifest.Of(tree).ToJson());
        return Posix.Rename(tree.Root, target) == RenameResult.Done;
    }
}
