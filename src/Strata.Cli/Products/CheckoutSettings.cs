namespace Strata.Cli.Products;

/// <param name="Update">Ask upstream again where branches and tags are now.</param>
/// <param name="Force">Discard changes in checkouts.</param>
public sealed record CheckoutSettings(bool Update, bool Force);
