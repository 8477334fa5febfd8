using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>A value of a product file and the place where it stands. The family is closed: text, list, map.</summary>
public abstract record ProductNode
{
    private protected ProductNode(SourceSpan place) => Place = place;

    public SourceSpan Place { get; }
}
