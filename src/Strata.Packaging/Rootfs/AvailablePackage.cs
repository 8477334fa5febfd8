namespace Strata.Packaging;

/// <summary>A package and the artifact that holds its files.</summary>
internal sealed record AvailablePackage(PackageManifest Manifest, string Artifact)
{
    public string Name => Manifest.Name;

    /// <summary>Where the bytes of one of its files lie.</summary>
    public string ContentOf(string path) => Path.Combine(Artifact, PackageList.FilesDirectory, Name, path[1..]);
}
