namespace Strata.Packaging;

/// <summary>How image layers are compressed (OCI_LAYER_COMPRESSION).</summary>
public enum LayerCompression
{
    /// <summary>What every reader takes.</summary>
    Gzip,

    /// <summary>Faster both ways and smaller; podman, containerd and Docker from 23 on read it.</summary>
    Zstd,
}
