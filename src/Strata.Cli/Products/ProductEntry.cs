using Strata.Core;

namespace Strata.Cli.Products;

/// <param name="At">Of the key.</param>
public sealed record ProductEntry(string Key, SourceSpan At, ProductNode Value);
