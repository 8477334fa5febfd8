using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Strata.Metadata.Expressions;

/// <summary>A parsed function. <see cref="Locals"/> are the names it binds anywhere: Python decides this before running.</summary>
internal sealed record FunctionCode(
    string Name, ImmutableArray<Parameter> Parameters, ImmutableArray<Statement> Body, FrozenSet<string> Locals, bool IsGenerator);
