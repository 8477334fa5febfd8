using System.Collections.Immutable;

namespace Strata.Cli.Answers;

/// <summary>A task as its recipe declares it.</summary>
/// <param name="After">Tasks of the same recipe.</param>
/// <param name="Depends">Tasks of other recipes: <c>recipe:task</c>, or <c>DEPENDS:task</c> and <c>RDEPENDS:task</c> for those of all dependencies.</param>
/// <param name="Builtin">The C# task that does the work, or null for a shell task.</param>
public sealed record TaskAnswer(string Name, ImmutableArray<string> After, ImmutableArray<string> Depends, string? Builtin, string? Summary);
