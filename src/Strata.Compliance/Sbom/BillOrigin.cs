namespace Strata.Compliance;

/// <summary>Who makes a statement, when and with what.</summary>
public sealed record BillOrigin
{
    /// <summary>SBOM_SUPPLIER: the organisation that distributes the image.</summary>
    public required string Supplier { get; init; }

    /// <summary>SBOM_SUPPLIER_URL: where to reach it, an address or <c>mailto:</c>; may be empty.</summary>
    public string SupplierUrl { get; init; } = "";

    /// <summary>SPDX_NAMESPACE_PREFIX: what the addresses of documents begin with.</summary>
    public required string NamespacePrefix { get; init; }

    /// <summary>SOURCE_DATE_EPOCH, so that the same build states the same time.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Version of Strata.</summary>
    public required string ToolVersion { get; init; }
}
