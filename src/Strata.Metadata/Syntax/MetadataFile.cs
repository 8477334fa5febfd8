using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Metadata.Syntax;

/// <summary>A parsed file. With an error among its problems it must not be evaluated, not even its good statements.</summary>
internal sealed record MetadataFile(string Path, ImmutableArray<Statement> Statements, ImmutableArray<Diagnostic> Problems)
{
    public bool IsBroken { get; } = Problems.Any(p => p.Severity == Severity.Error);
}
