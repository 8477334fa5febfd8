namespace Strata.Compliance;

/// <summary>A layer of recipes as it was used.</summary>
/// <param name="Address">Where its repository comes from; empty when git does not say.</param>
/// <param name="Commit">Empty for a layer that is in no repository.</param>
/// <param name="Changed">How many of its files differ from the commit.</param>
public sealed record ProvenanceLayer(string Name, string Address, string Commit, int Changed);
