using Strata.Core;

namespace Strata.Cli.Products;

/// <param name="Name">Relative to its repository; empty for the repository itself.</param>
/// <param name="Order">Layers with a higher one come earlier in BBLAYERS.</param>
public sealed record ProductLayer(string Name, int Order, SourceSpan Place);
