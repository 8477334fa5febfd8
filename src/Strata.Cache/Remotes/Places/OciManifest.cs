namespace Strata.Cache;

/// <summary>An image manifest of the OCI image specification 1.1, used for an artifact; see its “Guidelines for Artifact Usage”.</summary>
internal sealed record OciManifest(
    int SchemaVersion, string MediaType, string? ArtifactType, OciDescriptor Config, OciDescriptor[] Layers, Dictionary<string, string>? Annotations)
{
    public const string Type = "application/vnd.oci.image.manifest.v1+json";
}
