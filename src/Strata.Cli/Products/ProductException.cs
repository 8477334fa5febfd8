using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>A product cannot be used; the diagnostics say why.</summary>
public sealed class ProductException(ImmutableArray<Diagnostic> problems) : Exception(string.Join('\n', problems))
{
    public ProductException(Diagnostic problem) : this([problem])
    {
    }

    public ImmutableArray<Diagnostic> Problems { get; } = problems;
}
