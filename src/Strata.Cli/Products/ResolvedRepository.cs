namespace Strata.Cli.Products;

/// <param name="Revision">The upstream commit; null for a repository that is simply there.</param>
public sealed record ResolvedRepository(ProductRepository Repository, string? Revision);
