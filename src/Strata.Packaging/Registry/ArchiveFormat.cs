namespace Strata.Packaging;

/// <summary>Forms of an image in one file.</summary>
public enum ArchiveFormat
{
    /// <summary>An image layout in an archive: podman, skopeo, buildah, containerd.</summary>
    OciArchive,

    /// <summary>What <c>docker load</c> takes.</summary>
    DockerArchive,

    /// <summary>The files of the image, as a container sees them, and nothing else: what <c>docker export</c> gives and <c>docker import</c> takes.</summary>
    Tar,
}
