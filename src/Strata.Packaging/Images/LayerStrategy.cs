namespace Strata.Packaging;

/// <summary>How the files of a root file system are shared out among image layers (OCI_LAYERS).</summary>
public enum LayerStrategy
{
    /// <summary>All in one.</summary>
    Single,

    /// <summary>The packages of a recipe together, so that an edit of one moves one small image layer.</summary>
    Packages,
}
