namespace Strata.Cli.Products;

/// <param name="Path">Relative to the work directory where it lies inside.</param>
/// <param name="Order">Its <c>prio</c>: a higher one comes earlier in BBLAYERS.</param>
/// <param name="Priority">BBFILE_PRIORITY of its own layer.conf, which decides between recipes; null while it is not checked out.</param>
public sealed record ProductLayerEntry(string Path, int Order, int? Priority);
