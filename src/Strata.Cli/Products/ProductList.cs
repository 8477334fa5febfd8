using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Products;

public sealed record ProductList(SourceSpan At, ImmutableArray<ProductNode> Items) : ProductNode(At);
