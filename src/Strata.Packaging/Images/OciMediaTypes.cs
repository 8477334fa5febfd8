namespace Strata.Packaging;

/// <summary>Media types of the OCI image specification, and those of Docker that mean the same.</summary>
internal static class OciMediaTypes
{
    public const string Config = "application/vnd.oci.image.config.v1+json";
    public const string Empty = "application/vnd.oci.empty.v1+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    public static string LayerOf(LayerCompression compression) => compression == LayerCompression.Zstd ? $"{Layer}+zstd" : $"{Layer}+gzip";
}
